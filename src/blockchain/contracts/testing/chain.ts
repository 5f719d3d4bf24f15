import { createBlock } from '@ethereumjs/block';
import { createCommonFromGethGenesis } from '@ethereumjs/common';
import { createTx } from '@ethereumjs/tx';
import { Account, createAddressFromString, hexToBytes, bytesToHex, type PrefixedHexString } from '@ethereumjs/util';
import { createVM, runTx, type VM } from '@ethereumjs/vm';
import {
  type Abi,
  type Hex,
  decodeErrorResult,
  decodeEventLog,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';

export interface Person {
  readonly key: Hex;
  readonly address: Hex;
}

export interface Outcome {
  readonly succeeded: boolean;
  /** Name and arguments of the ABI's custom error, if the call reverted with one. */
  readonly error?: { name: string; args: readonly unknown[] };
  readonly events: readonly { name: string; args: Record<string, unknown> }[];
  readonly created?: Hex;
  readonly gasUsed: bigint;
}

export interface Call {
  readonly from: Person;
  readonly to?: Hex;
  readonly data?: Hex;
  readonly value?: bigint;
  readonly gas?: bigint;
}

const forks = [
  'homestead',
  'eip150',
  'eip155',
  'eip158',
  'byzantium',
  'constantinople',
  'petersburg',
  'istanbul',
  'berlin',
  'london',
];

const common = createCommonFromGethGenesis(
  {
    config: {
      chainId: 7733,
      ...Object.fromEntries(forks.map((fork) => [`${fork}Block`, 0])),
      terminalTotalDifficulty: 0,
      terminalTotalDifficultyPassed: true,
      shanghaiTime: 0,
      cancunTime: 0,
      pragueTime: 0,
      osakaTime: 0,
    },
    alloc: {},
    difficulty: '0x0',
    gasLimit: '0x1c9c380',
    nonce: '0x0',
    timestamp: '0x0',
    extraData: '0x',
  } as unknown as Parameters<typeof createCommonFromGethGenesis>[0],
  { hardfork: 'osaka', chain: 'contract-tests' },
);

/**
 * A real EVM at hardfork Osaka, without blocks or fees: signed transactions run one by one against the state, at a time
 * set by the test. Gas is free (base fee and price zero), so that balances show only the contract's payments.
 */
export class TestChain {
  private readonly nonces = new Map<Hex, bigint>();

  private constructor(
    private readonly vm: VM,
    private readonly abi: Abi,
    public now: bigint,
  ) {}

  /** @param abi names the custom errors and events in outcomes */
  static async start(abi: Abi, now = 1_800_000_000n): Promise<TestChain> {
    return new TestChain(await createVM({ common }), abi, now);
  }

  async person(balance: bigint): Promise<Person> {
    const key = generatePrivateKey();
    const { address } = privateKeyToAccount(key);
    await this.vm.stateManager.putAccount(createAddressFromString(address), new Account(0n, balance));
    return { key, address };
  }

  async balance(address: Hex): Promise<bigint> {
    const account = await this.vm.stateManager.getAccount(createAddressFromString(address));
    return account?.balance ?? 0n;
  }

  async send({ from, to, data, value = 0n, gas = 10_000_000n }: Call): Promise<Outcome> {
    const nonce = this.nonces.get(from.address) ?? 0n;
    const tx = createTx(
      { type: 2, chainId: 7733n, nonce, gasLimit: gas, to, data, value, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
      { common },
    ).sign(hexToBytes(from.key));
    const block = createBlock(
      { header: { number: 1n, timestamp: this.now, gasLimit: 30_000_000n, baseFeePerGas: 0n } },
      { common, skipConsensusFormatValidation: true },
    );
    const result = await runTx(this.vm, { tx, block, skipHardForkValidation: true });
    this.nonces.set(from.address, nonce + 1n);
    const { exceptionError, returnValue, logs = [] } = result.execResult;
    return {
      succeeded: exceptionError === undefined,
      error: exceptionError ? this.decodeError(bytesToHex(returnValue)) : undefined,
      events: logs.map(([, topics, bytes]) => this.decodeEvent(topics.map(bytesToHex), bytesToHex(bytes))),
      created: result.createdAddress && getAddress(result.createdAddress.toString()),
      gasUsed: result.totalGasSpent,
    };
  }

  async deploy(
    from: Person,
    artefact: { abi: unknown; bytecode: Hex },
    args: unknown[] = [],
    value = 0n,
  ): Promise<Outcome> {
    const { bytecode } = artefact;
    return this.send({ from, data: encodeDeployData({ abi: artefact.abi as Abi, bytecode, args }), value });
  }

  /** Runs a function of the chain's ABI and discards its effects. */
  async read(to: Hex, functionName: string, args: unknown[] = []): Promise<unknown> {
    await this.vm.evm.journal.checkpoint();
    const result = await this.vm.evm.runCall({
      to: createAddressFromString(to),
      data: hexToBytes(encodeFunctionData({ abi: this.abi, functionName, args })),
    });
    await this.vm.evm.journal.revert();
    const data = bytesToHex(result.execResult.returnValue);
    return decodeFunctionResult({ abi: this.abi, functionName, data });
  }

  private decodeError(data: PrefixedHexString): Outcome['error'] {
    if (data === '0x') return undefined;
    const { errorName, args = [] } = decodeErrorResult({ abi: this.abi, data });
    return { name: errorName, args };
  }

  private decodeEvent(topics: Hex[], data: Hex): Outcome['events'][number] {
    const { eventName, args } = decodeEventLog({ abi: this.abi, topics: topics as [Hex, ...Hex[]], data });
    return { name: eventName ?? '', args: args as unknown as Record<string, unknown> };
  }
}
