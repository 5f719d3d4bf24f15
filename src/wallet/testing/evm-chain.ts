import { createBlock } from '@ethereumjs/block';
import { createCommonFromGethGenesis } from '@ethereumjs/common';
import { createTxFromRLP, type TypedTransaction } from '@ethereumjs/tx';
import { Account, bytesToHex, createAddressFromString, hexToBytes, type PrefixedHexString } from '@ethereumjs/util';
import { createVM, runTx, type VM } from '@ethereumjs/vm';
import { type Address, getAddress, type Hex } from 'viem';
import {
  BalanceChangeView,
  BlockEffectsView,
  InsufficientFunds,
  InternalTransferView,
  InvalidTransaction,
  LogView,
  NonceTooLow,
  TransactionEffectView,
} from '../../blockchain/contract/index.js';

export const CHAIN_ID = 7733;
export const BASE_FEE = 7n;
export const PRIORITY_FEE = 1_000_000_000n;
const PROPOSER = '0x00000000000000000000000000000000000000Ff';
const heights = ['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'petersburg', 'istanbul'];

const common = createCommonFromGethGenesis(
  {
    config: {
      chainId: CHAIN_ID,
      ...Object.fromEntries([...heights, 'berlin', 'london'].map((fork) => [`${fork}Block`, 0])),
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
  { hardfork: 'osaka', chain: 'wallet-tests' },
);

/**
 * A real EVM with a pool, and blocks mined on request: enough of a chain for real transactions, and able to lose and
 * reject them.
 */
export class EvmChain {
  private readonly pool = new Map<string, TypedTransaction>();
  private readonly blocks: BlockEffectsView[] = [];
  /** The state before each block. */
  private readonly roots: Uint8Array[] = [];
  private readonly transfers: { from: string; to: string; value: bigint }[] = [];
  /** If set, every transaction that matches `refuses` fails with it. */
  refusal: Error | undefined;
  refuses: (transaction: TypedTransaction) => boolean = () => true;

  private constructor(private readonly vm: VM) {}

  static async start(): Promise<EvmChain> {
    const vm = await createVM({ common });
    const chain = new EvmChain(vm);
    vm.evm.events?.on('beforeMessage', (message, resolve) => {
      const { depth, value, caller, to } = message;
      if (depth > 0 && value > 0n && to) {
        chain.transfers.push({ from: getAddress(caller.toString()), to: getAddress(to.toString()), value });
      }
      resolve?.();
    });
    return chain;
  }

  get head(): number {
    return this.blocks.length;
  }

  get poolSize(): number {
    return this.pool.size;
  }

  async fund(address: string, balance: bigint): Promise<void> {
    await this.vm.stateManager.putAccount(createAddressFromString(address), new Account(0n, balance));
  }

  async account(address: string): Promise<{ balance: bigint; nonce: number }> {
    const account = await this.vm.stateManager.getAccount(createAddressFromString(address));
    return { balance: account?.balance ?? 0n, nonce: Number(account?.nonce ?? 0n) };
  }

  /** Like SubmitTransaction: checks signature, nonce and balance, and accepts known transactions again. */
  async submit(raw: string): Promise<Hex> {
    const tx = parse(raw);
    if (this.refusal && this.refuses(tx)) throw this.refusal;
    const sender = tx.getSenderAddress().toString();
    const { balance, nonce } = await this.account(sender);
    if (tx.nonce < nonce) throw new NonceTooLow(`nonce too low: ${tx.nonce} < ${nonce}`);
    const waiting = [...this.pool.values()].filter((each) => each.getSenderAddress().toString() === sender);
    const others = waiting.filter((each) => each.nonce !== tx.nonce);
    const cost = [...others, tx].reduce((sum, each) => sum + each.getUpfrontCost(BASE_FEE), 0n);
    if (cost > balance) throw new InsufficientFunds(`insufficient funds: ${cost} needed, ${balance} there`);
    const hash = bytesToHex(tx.hash());
    this.pool.set(`${sender}:${tx.nonce}`, tx);
    return hash;
  }

  /** Like a crash of a node with an in-memory pool. */
  losePool(): void {
    this.pool.clear();
  }

  /** Puts what is executable into a block. */
  async mine(timestamp: Date): Promise<BlockEffectsView> {
    const number = this.blocks.length + 1;
    this.roots.push(await this.vm.stateManager.getStateRoot());
    const header = { number, timestamp: BigInt(Math.floor(timestamp.getTime() / 1000)), gasLimit: 30_000_000n };
    const block = createBlock(
      { header: { ...header, baseFeePerGas: BASE_FEE, coinbase: PROPOSER } },
      { common, skipConsensusFormatValidation: true },
    );
    const effects: TransactionEffectView[] = [];
    const before = new Map<string, bigint>();
    for (let next = await this.executable(); next; next = await this.executable()) {
      this.pool.delete(next[0]);
      effects.push(await this.execute(next[1], block, effects.length, before));
    }
    const balances: BalanceChangeView[] = [];
    for (const [address, was] of before) {
      const { balance } = await this.account(address);
      if (balance !== was) balances.push(BalanceChangeView.of({ address, before: was, after: balance }));
    }
    const hash = bytesToHex(block.hash());
    const parentHash = this.blocks.at(-1)?.hash ?? `0x${'00'.repeat(32)}`;
    const made = BlockEffectsView.of({ number, hash, parentHash, timestamp, transactions: effects, balances });
    this.blocks.push(made);
    return made;
  }

  hashOf(number: number): string {
    return this.blocks[number - 1]?.hash ?? `0x${'00'.repeat(32)}`;
  }

  includes(hash: string): boolean {
    return this.blocks.some(({ transactions }) => transactions.some((each) => each.hash === hash));
  }

  /** Like a failover to a lagging standby: the last blocks and their effects are lost, and so is the pool. */
  async loseBlocks(count: number): Promise<void> {
    for (const root of this.roots.splice(this.blocks.length - count, count).slice(0, 1)) {
      await this.vm.stateManager.setStateRoot(root, true);
    }
    this.blocks.splice(this.blocks.length - count, count);
    this.losePool();
  }

  effects(number: number, logsOf?: readonly string[]): BlockEffectsView {
    const block = this.blocks[number - 1]!;
    const wanted = ({ address }: { address: string }) => logsOf === undefined || logsOf.includes(address);
    const transactions = block.transactions.map((each) =>
      TransactionEffectView.of({ ...each, logs: each.logs.filter(wanted) }),
    );
    return BlockEffectsView.of({ ...block, transactions });
  }

  async call(to: string, data: string): Promise<Hex> {
    await this.vm.evm.journal.checkpoint();
    const { execResult } = await this.vm.evm.runCall({
      to: createAddressFromString(to),
      data: hexToBytes(data as Hex),
    });
    await this.vm.evm.journal.revert();
    return bytesToHex(execResult.returnValue);
  }

  private async executable(): Promise<[string, TypedTransaction] | undefined> {
    for (const [key, tx] of this.pool) {
      const { nonce } = await this.account(tx.getSenderAddress().toString());
      if (tx.nonce === BigInt(nonce)) return [key, tx];
    }
    return undefined;
  }

  private async execute(
    tx: TypedTransaction,
    block: ReturnType<typeof createBlock>,
    index: number,
    before: Map<string, bigint>,
  ): Promise<TransactionEffectView> {
    this.transfers.length = 0;
    const from = getAddress(tx.getSenderAddress().toString());
    const to = tx.to ? getAddress(tx.to.toString()) : null;
    const balancesBefore = await this.vm.shallowCopy();
    const result = await runTx(this.vm, { tx, block, skipHardForkValidation: true });
    const succeeded = result.execResult.exceptionError === undefined;
    const transfers = succeeded ? this.transfers.map((each) => InternalTransferView.of(each)) : [];
    const touched = [from, to, ...transfers.flatMap((each) => [each.from, each.to])];
    for (const address of touched) {
      if (address === null || before.has(address)) continue;
      const account = await balancesBefore.stateManager.getAccount(createAddressFromString(address));
      before.set(address, account?.balance ?? 0n);
    }
    return TransactionEffectView.of({
      hash: bytesToHex(tx.hash()),
      index,
      from,
      to,
      value: tx.value,
      fee: result.amountSpent,
      nonce: Number(tx.nonce),
      succeeded,
      transfers,
      contractAddress: result.createdAddress ? getAddress(result.createdAddress.toString()) : null,
      logs: (result.execResult.logs ?? []).map(([address, topics, data], logIndex) =>
        LogView.of({
          address: getAddress(bytesToHex(address)) as Address,
          topics: topics.map((topic: Uint8Array) => bytesToHex(topic)),
          data: bytesToHex(data),
          logIndex,
        }),
      ),
    });
  }
}

function parse(raw: string): TypedTransaction {
  try {
    return createTxFromRLP(hexToBytes(raw as PrefixedHexString), { common });
  } catch (error) {
    throw new InvalidTransaction((error as Error).message);
  }
}
