import type { BlockHeader } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, bytesToUnprefixedHex, hexToBytes } from '@ethereumjs/util';
import { parseEther, parseGwei, type TransactionSerializable } from 'viem';
import { privateKeyToAccount, type PrivateKeyAccount } from 'viem/accounts';
import { createChainCommon } from '../engine/chain-common.js';
import { addressOfPrivateKey, type ChainCrypto, loadChainCrypto } from '../engine/chain-crypto.js';
import type { CallRequest } from '../engine/call-request.js';
import { ChainEngine, type SealedBlock } from '../engine/chain-engine.js';
import { ChainReader } from '../engine/chain-reader.js';
import { encodeEnvelope, ENVELOPE_VERSION, sealBlock } from '../engine/envelope.js';
import type { Genesis } from '../engine/genesis.js';
import type { PackedBlock } from '../engine/packed-block.js';
import type { AccountState } from '../engine/state-reads.js';
import { TimeLimit } from '../engine/time-limit.js';

const VALIDATOR_KEY = '11'.repeat(32);
const BEGIN = 1_750_000_000;

/** A constructor that stores 1 in slot 0, logs 42 under topic 1, and leaves the one byte of code 0x2a. */
export const LOGGING_CONTRACT = '0x6001600055602a600052600160206000a16001601ff3' as const;

/** Transaction fields a test may leave out. */
export type Sending = Partial<Omit<TransactionSerializable, 'nonce'>> & { nonce: number };

/** A chain with in-memory tables: the real engine, without the database. */
export class TestChain {
  readonly stored: PackedBlock[] = [];
  engine: ChainEngine;
  reader: ChainReader;
  readonly callLimit = new TimeLimit();
  private seconds = BEGIN;

  constructor(
    readonly genesis: Genesis,
    readonly accounts: [PrivateKeyAccount, PrivateKeyAccount, PrivateKeyAccount],
    readonly common: Common,
    readonly crypto: ChainCrypto,
    private readonly nodes = new Map<string, Uint8Array>(),
  ) {}

  get validatorAddress(): string {
    return this.genesis.validators[0]!;
  }

  get nodeCount(): number {
    return this.nodes.size;
  }

  now(): number {
    return this.seconds;
  }

  async begin(validatorKey?: string): Promise<this> {
    const readNode = async (key: Uint8Array): Promise<Uint8Array | undefined> =>
      this.nodes.get(bytesToUnprefixedHex(key));
    const head = this.stored.at(-1)?.block.header;
    this.engine = await ChainEngine.open({ genesis: this.genesis, readNode, validatorKey, head });
    if (head === undefined) await this.store(await this.engine.openGenesis());
    this.reader = await ChainReader.open(this.genesis, readNode, this.callLimit);
    return this;
  }

  get header(): string {
    return this.stored.at(-1)!.block.header;
  }

  call(request: CallRequest, at = this.header): Promise<string> {
    return this.reader.call(request, at);
  }

  estimateGas(request: CallRequest): Promise<bigint> {
    return this.reader.estimateGas(request, this.header);
  }

  account(address: string): Promise<AccountState> {
    return this.reader.account(address, this.header);
  }

  code(address: string): Promise<string> {
    return this.reader.code(address, this.header);
  }

  storage(address: string, slot: bigint): Promise<string> {
    return this.reader.storage(address, slot, this.header);
  }

  async sign(account: PrivateKeyAccount, fields: Sending): Promise<Uint8Array> {
    const defaults = {
      type: 'eip1559',
      chainId: this.genesis.chainId,
      gas: 21_000n,
      maxFeePerGas: parseGwei('2'),
      maxPriorityFeePerGas: parseGwei('1'),
    } as const;
    return hexToBytes(await account.signTransaction({ ...defaults, ...fields } as never));
  }

  async signUnprotected(account: PrivateKeyAccount): Promise<Uint8Array> {
    return hexToBytes(
      await account.signTransaction({
        type: 'legacy',
        nonce: 0,
        gas: 21_000n,
        gasPrice: parseGwei('2'),
        to: account.address,
      }),
    );
  }

  async sealUnstored(raws: readonly Uint8Array[], transactionMs?: number): Promise<SealedBlock> {
    const transactions = raws.map((raw) => ({ hash: bytesToHex(this.crypto.keccak256(raw)), raw }));
    const limits = { budgetMs: 60_000, ...(transactionMs === undefined ? {} : { transactionMs }) };
    return this.engine.seal({ transactions, now: this.seconds + 1, ...limits });
  }

  async seal(raws: readonly Uint8Array[]): Promise<SealedBlock> {
    const sealed = await this.sealUnstored(raws);
    this.seconds += 1;
    await this.store(sealed.packed);
    return sealed;
  }

  /** Blocks with transfers, a contract that logs, calls to it, and a failing transaction. */
  async sealTraffic(blocks: number): Promise<void> {
    const [alice, bob] = this.accounts;
    const start = Number((await this.engine.accounts([alice.address]))[0]!.nonce);
    for (let block = 0; block < blocks; block++) {
      const nonce = start + block * 3;
      await this.seal([
        await this.sign(alice, { to: bob.address, value: parseEther('0.5'), nonce }),
        await this.sign(alice, { data: LOGGING_CONTRACT, gas: 200_000n, nonce: nonce + 1 }),
        await this.sign(alice, { data: '0xfe', gas: 100_000n, nonce: nonce + 2 }),
      ]);
    }
  }

  async import(packed: PackedBlock): Promise<void> {
    this.seconds = Math.max(this.seconds, packed.block.timestamp);
    await this.store(
      await this.engine.importBlock(
        this.blockRlp(packed),
        hexToBytes(packed.block.envelope as `0x${string}`),
        this.seconds,
      ),
    );
  }

  /** The same tables with a new engine, as after a restart. */
  async reopen(): Promise<TestChain> {
    const chain = new TestChain(this.genesis, this.accounts, this.common, this.crypto, this.nodes);
    chain.stored.push(...this.stored);
    chain.seconds = this.seconds;
    return chain.begin(VALIDATOR_KEY);
  }

  /** Empty tables, the same genesis, no key: a node that can only verify. */
  async emptyCopy(): Promise<TestChain> {
    const chain = new TestChain(this.genesis, this.accounts, this.common, this.crypto);
    chain.seconds = this.seconds;
    return chain.begin();
  }

  blockRlp({ block, transactions }: PackedBlock): Uint8Array {
    const header = RLP.decode(hexToBytes(block.header as `0x${string}`));
    const body = transactions
      .map(({ raw }) => hexToBytes(raw as `0x${string}`))
      .map((raw) => (raw[0]! >= 0xc0 ? RLP.decode(raw) : raw));
    return RLP.encode([header, body, [], []]);
  }

  /** An envelope with the validator's signature for any header. */
  resealed(header: BlockHeader): Uint8Array {
    const subject = {
      chainId: BigInt(this.genesis.chainId),
      height: header.number,
      round: 0,
      blockHash: header.hash(),
      extraData: header.extraData,
    };
    const seals = [sealBlock(subject, hexToBytes(`0x${VALIDATOR_KEY}`), this.crypto.keccak256)];
    return encodeEnvelope({
      version: ENVELOPE_VERSION,
      height: header.number,
      round: 0,
      proposer: this.validatorAddress,
      blockHash: header.hash(),
      seals,
    });
  }

  /** State that must not change after a rejection. */
  async fingerprint(): Promise<unknown> {
    return {
      blocks: this.stored.length,
      nodes: this.nodeCount,
      accounts: await this.engine.accounts(this.accounts.map(({ address }) => address)),
    };
  }

  private async store(packed: PackedBlock): Promise<void> {
    for (const { key, value } of packed.nodes) this.nodes.set(bytesToUnprefixedHex(key), value);
    this.stored.push(packed);
    await this.engine.acknowledge(packed.block.hash);
  }
}

/** A chain with three accounts of 1,000 AIT each. */
export async function testChain(): Promise<TestChain> {
  const crypto = await loadChainCrypto();
  const accounts = ['aa', 'bb', 'cc'].map((byte) =>
    privateKeyToAccount(`0x${byte.repeat(32)}`),
  ) as TestChain['accounts'];
  const genesis: Genesis = {
    chainId: 7733,
    timestamp: BEGIN,
    gasLimit: 60_000_000n,
    validators: [bytesToHex(addressOfPrivateKey(hexToBytes(`0x${VALIDATOR_KEY}`), crypto.keccak256))],
    allocations: Object.fromEntries(accounts.map(({ address }) => [address.toLowerCase(), parseEther('1000')])),
  };
  return new TestChain(genesis, accounts, createChainCommon(genesis, crypto), crypto).begin(VALIDATOR_KEY);
}
