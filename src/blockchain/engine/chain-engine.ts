import { type BlockHeader, createBlockFromRLP, createBlockHeaderFromRLP } from '@ethereumjs/block';
import type { Common } from '@ethereumjs/common';
import type { TypedTransaction } from '@ethereumjs/tx';
import { bytesToHex, hexToBytes, KECCAK256_RLP } from '@ethereumjs/util';
import { LRUCache } from 'lru-cache';
import { type ExecutedBlock, executeBlock, type ExecutionPolicy, type Machine } from './block-execution.js';
import {
  assertFollows,
  assertSameHeader,
  type BlockChoice,
  genesisBlock,
  invalidBlock,
  plannedHeader,
} from './block-plan.js';
import { createChainCommon, MOST_NANOSECONDS_PER_GAS, TRANSACTION_GAS_CAP } from './chain-common.js';
import { addressOfPrivateKey, type ChainCrypto, loadChainCrypto } from './chain-crypto.js';
import { type CheckedTransaction, decodeTransaction, describeTransaction } from './chain-transaction.js';
import { createChainVm } from './chain-vm.js';
import { EngineError } from './engine-error.js';
import {
  decodeEnvelope,
  type Envelope,
  ENVELOPE_VERSION,
  envelopeFault,
  proposerOf,
  sealBlock,
  type SealSubject,
} from './envelope.js';
import type { Genesis } from './genesis.js';
import { InternalTransfers } from './internal-transfers.js';
import { packBlock } from './pack-block.js';
import type { PackedBlock, SenderState } from './packed-block.js';
import { type AccountState, readAccount } from './state-reads.js';
import { type NodeReader, StateOverlay } from './state-overlay.js';
import { TimeLimit } from './time-limit.js';
import { openHeadState, openStateAt } from './tracked-state.js';
import { writeGenesisState } from './genesis-state.js';

export interface EngineOptions {
  readonly genesis: Genesis;
  readonly readNode: NodeReader;
  /** Hex; without it the engine executes and verifies, but cannot seal. */
  readonly validatorKey?: string | undefined;
  /** Header RLP (hex) of the last stored block; without it the chain starts with `openGenesis`. */
  readonly head?: string | undefined;
}

export interface SealCandidate {
  readonly hash: string;
  readonly raw: Uint8Array;
  /** Whether it is limited to the remaining budget. */
  readonly isBounded?: boolean;
}

export interface SealRequest {
  /** In execution order. */
  readonly transactions: readonly SealCandidate[];
  /** Unix seconds; a block is at least one second later than its parent. */
  readonly now: number;
  /** No further transaction starts after this time, milliseconds. */
  readonly budgetMs: number;
  /** The time limit per transaction, milliseconds; slower ones are left out. */
  readonly transactionMs?: number;
}

export interface SealedBlock {
  readonly packed: PackedBlock;
  /** Transactions that can never run as they are, by hash, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
  /** Transactions left out for exceeding their time limit, by hash. */
  readonly timedOut: ReadonlySet<string>;
}

/** A valid transaction with its sender's account at the head, or the reason why it is invalid. */
export type TransactionCheck = { checked: CheckedTransaction; account: SenderState } | { refusal: string };

const DECODED_TRANSACTIONS = 20_000;
/** The run time of a transaction with maximum gas at the maximum cost per unit. */
const TRANSACTION_MS = Number(TRANSACTION_GAS_CAP * BigInt(MOST_NANOSECONDS_PER_GAS)) / 1e6;

/**
 * The execution side of one chain: seals and verifies. Knows neither clock nor database: the host supplies the time,
 * stores a packed block, and then acknowledges it. One block is open at a time; after a failure the host abandons it,
 * and the engine is back at the last acknowledged head.
 */
export class ChainEngine {
  private readonly overlay: StateOverlay;
  private readonly decoded = new LRUCache<string, TypedTransaction>({ max: DECODED_TRANSACTIONS });
  private machine: Machine;
  private head: BlockHeader | undefined;
  private open: { header: BlockHeader; packed: PackedBlock } | undefined;

  private constructor(
    private readonly options: EngineOptions,
    private readonly common: Common,
    private readonly crypto: ChainCrypto,
  ) {
    this.overlay = new StateOverlay(options.readNode);
  }

  static async open(options: EngineOptions): Promise<ChainEngine> {
    const crypto = await loadChainCrypto();
    const engine = new ChainEngine(options, createChainCommon(options.genesis, crypto), crypto);
    if (options.head !== undefined) engine.head = engine.parseHeader(options.head);
    await engine.resetMachine();
    return engine;
  }

  /**
   * Block 0 with its state, to be stored and acknowledged like any other. The same genesis has the same hash
   * everywhere.
   */
  async openGenesis(): Promise<PackedBlock> {
    const { genesis } = this.options;
    if (this.head !== undefined) throw new EngineError('not_ready', 'The chain has begun already.');
    const stateRoot = await writeGenesisState(this.machine.state, genesis);
    const block = genesisBlock(genesis, stateRoot, this.common, this.crypto);
    const executed = { block, executed: [], refused: new Map<string, string>(), timedOut: new Set<string>() };
    const proposer = proposerOf(genesis.validators, 0n, 0);
    return this.opened(executed, this.envelopeFor(block.header, proposer, this.isOwn(proposer)));
  }

  /** The hash of this genesis, whatever chain is open. */
  async genesisHash(): Promise<string> {
    const apart = await ChainEngine.open({ genesis: this.options.genesis, readNode: async () => undefined });
    return (await apart.openGenesis()).block.hash;
  }

  /** Executes and seals the next block. @throws EngineError 'not_ready' if it is not this validator's turn. */
  async seal(request: SealRequest): Promise<SealedBlock> {
    const parent = this.requireIdleHead();
    const proposer = proposerOf(this.options.genesis.validators, parent.number + 1n, 0);
    if (!this.isOwn(proposer))
      throw new EngineError('not_ready', `It is the turn of ${proposer}, whose key is not here.`);
    const candidates = request.transactions.map(
      ({ hash, raw }) => this.decoded.get(hash) ?? decodeTransaction(raw, this.common),
    );
    const after = parent.timestamp + 1n;
    const timestamp = BigInt(request.now) > after ? BigInt(request.now) : after;
    const deadline = performance.now() + request.budgetMs;
    const outOfTime = () => performance.now() > deadline;
    const bounded = new Set(candidates.filter((_, index) => request.transactions[index]!.isBounded));
    const mostMs = request.transactionMs ?? TRANSACTION_MS;
    const transactionMs = (transaction: TypedTransaction) =>
      bounded.has(transaction) ? Math.min(mostMs, deadline - performance.now()) : mostMs;
    const policy = { strict: false, outOfTime, transactionMs };
    const executed = await this.execute(parent, { timestamp, proposer }, candidates, policy);
    const packed = await this.opened(executed, this.envelopeFor(executed.block.header, proposer, true));
    return { packed, refused: executed.refused, timedOut: executed.timedOut };
  }

  /**
   * Verifies a foreign block in full by executing it: parent, seals and quorum, every header field, gas and roots.
   * @param block RLP of the block. @param envelope RLP of its envelope. @param now unix seconds.
   * @throws EngineError 'invalid_block', without any change.
   */
  async importBlock(block: Uint8Array, envelope: Uint8Array, now: number): Promise<PackedBlock> {
    const parent = this.requireIdleHead();
    const foreign = parsed(() => createBlockFromRLP(block, { common: this.common }));
    const seals = parsed(() => decodeEnvelope(envelope));
    assertFollows(foreign, parent, block.length, now);
    const subject = { ...this.sealSubject(foreign.header), round: seals.round };
    const fault = envelopeFault(seals, subject, this.options.genesis.validators, this.crypto.keccak256);
    if (fault !== undefined) throw invalidBlock(fault);
    const transactions = parsed(() =>
      foreign.transactions.map((transaction) => decodeTransaction(transaction.serialize(), this.common)),
    );
    const choice = { timestamp: foreign.header.timestamp, proposer: seals.proposer };
    const executed = await this.execute(parent, choice, transactions, {
      strict: true,
      outOfTime: () => false,
      transactionMs: () => Number.POSITIVE_INFINITY,
    });
    try {
      assertSameHeader(foreign.header, executed.block.header);
    } catch (error) {
      await this.abandon();
      throw error;
    }
    return this.opened(executed, seals);
  }

  /** The open block is stored and becomes the head. */
  async acknowledge(hash: string): Promise<void> {
    if (this.open?.packed.block.hash !== hash) throw new EngineError('not_ready', `Block ${hash} is not the open one.`);
    this.overlay.keep(this.open.packed.nodes);
    this.head = this.open.header;
    this.open = undefined;
  }

  /** Discards the open block; the head stays. */
  async abandon(): Promise<void> {
    this.open = undefined;
    this.overlay.drop();
    await this.resetMachine();
  }

  /** Moves to a head that another replica has stored. */
  async follow(header: string): Promise<void> {
    this.head = this.parseHeader(header);
    await this.abandon();
  }

  /** Decodes raw transactions and recovers their senders. */
  async check(raws: readonly Uint8Array[]): Promise<TransactionCheck[]> {
    return Promise.all(
      raws.map(async (raw) => {
        try {
          const transaction = decodeTransaction(raw, this.common);
          const checked = describeTransaction(transaction, raw);
          this.decoded.set(checked.hash, transaction);
          return { checked, account: await this.account(checked.sender) };
        } catch (error) {
          if (error instanceof EngineError) return { refusal: error.message };
          throw error;
        }
      }),
    );
  }

  /** At the head. */
  async accounts(addresses: readonly string[]): Promise<AccountState[]> {
    return Promise.all(addresses.map((address) => this.account(address)));
  }

  private account(address: string): Promise<AccountState> {
    return readAccount(openStateAt(this.common, this.overlay, this.requireHead().stateRoot), address);
  }

  private async execute(
    parent: BlockHeader,
    choice: BlockChoice,
    candidates: readonly TypedTransaction[],
    policy: ExecutionPolicy,
  ): Promise<ExecutedBlock> {
    const planned = plannedHeader(parent, choice, this.options.genesis, this.common, this.crypto);
    try {
      return await executeBlock(this.machine, planned, candidates, policy);
    } catch (error) {
      await this.abandon();
      throw policy.strict ? invalidBlock((error as Error).message) : error;
    }
  }

  private async opened(executed: ExecutedBlock, envelope: Envelope): Promise<PackedBlock> {
    const packed = await packBlock(this.machine, this.overlay, executed, envelope);
    this.open = { header: executed.block.header, packed };
    return packed;
  }

  private envelopeFor(header: BlockHeader, proposer: string, sealed: boolean): Envelope {
    const subject = this.sealSubject(header);
    const seals = sealed ? [sealBlock(subject, this.validatorKey(), this.crypto.keccak256)] : [];
    return {
      version: ENVELOPE_VERSION,
      height: subject.height,
      round: 0,
      proposer,
      blockHash: subject.blockHash,
      seals,
    };
  }

  private sealSubject(header: BlockHeader): SealSubject {
    const chainId = BigInt(this.options.genesis.chainId);
    return { chainId, height: header.number, round: 0, blockHash: header.hash(), extraData: header.extraData };
  }

  private isOwn(validator: string): boolean {
    if (this.options.validatorKey === undefined) return false;
    return validator === bytesToHex(addressOfPrivateKey(this.validatorKey(), this.crypto.keccak256));
  }

  private validatorKey(): Uint8Array {
    return hexToBytes(`0x${this.options.validatorKey!.replace(/^0x/, '')}`);
  }

  private requireHead(): BlockHeader {
    if (this.head === undefined) throw new EngineError('not_ready', 'The chain has no genesis yet.');
    return this.head;
  }

  private requireIdleHead(): BlockHeader {
    const head = this.requireHead();
    if (this.open !== undefined)
      throw new EngineError('not_ready', `Block ${this.open.packed.block.number} is not stored yet.`);
    return head;
  }

  private async resetMachine(): Promise<void> {
    const { common, crypto } = this;
    const state = openHeadState(common, this.overlay, this.head?.stateRoot ?? KECCAK256_RLP);
    const limit = new TimeLimit();
    const vm = await createChainVm(common, state, limit);
    this.machine = { common, crypto, state, vm, limit, transfers: new InternalTransfers(vm.evm) };
  }

  private parseHeader(rlp: string): BlockHeader {
    return createBlockHeaderFromRLP(hexToBytes(rlp as `0x${string}`), { common: this.common });
  }
}

/** Malformed external bytes make a block invalid, whatever error the decoder reports. */
function parsed<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw invalidBlock((error as Error).message);
  }
}
