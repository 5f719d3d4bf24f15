import { bytesToHex } from '@ethereumjs/util';
import { Injectable } from '@nestjs/common';
import { keccak256 } from 'viem';
import { Chain } from '../chain/chain.js';
import type { CallRequest } from '../engine/call-request.js';
import type { StoredBlock } from '../chain/stored-block.entity.js';
import type { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { ChainReads } from '../reads/chain-reads.js';
import { TransactionPool } from '../mempool/transaction-pool.js';
import { nextBaseFee, SUGGESTED_TIP } from '../sealing/fees.js';
import { assertAnswerable, type JsonText } from './answer-text.js';
import { ChainRecords } from './chain-records.js';
import { feeHistory, newestWithin, readPercentiles } from './fee-history.js';
import { type BlockStamp, formatBlock, formatProof, formatTransaction, type Json, quantity } from './rpc-format.js';
import { readCall } from './read-call.js';
import {
  readAddress,
  readCount,
  readData,
  readHash,
  readList,
  readLogFilter,
  readQuantity,
  readSlot,
} from './rpc-params.js';
import { invalidParams, RPC_CODES, RpcError } from './rpc-error.js';
import { writeMatchingLogs, writeReceipt, writeReceipts } from './write-logs.js';

type Params = readonly unknown[];
type Answer = Json | JsonText;
type Method = (params: Params) => Promise<Answer> | Answer;

/** Characters of a transaction besides the signed ones. */
const TRANSACTION_CHARACTERS = 900;
const ONE_BY_ONE = 'ask for its transactions one by one';
/** They may read a lot: few run concurrently. */
const LARGE = new Set(['eth_getLogs', 'eth_getBlockReceipts', 'eth_feeHistory']);
const MANY_LOGS = 500;
const MAX_PROOF_SLOTS = 100;
const MAX_FEE_HISTORY = 1_024;
/** The limit of transactions sorted for one answer; beyond it the answer starts at a later block. */
const MAX_FEE_HISTORY_TRANSACTIONS = 20_000;

/** The reading JSON-RPC methods. */
@Injectable()
export class RpcMethods {
  private readonly methods: ReadonlyMap<string, Method>;

  constructor(
    private readonly chain: Chain,
    private readonly pool: TransactionPool,
    private readonly records: ChainRecords,
    private readonly reads: ChainReads,
  ) {
    this.methods = new Map(
      Object.entries({
        ...this.chainMethods(),
        ...this.blockMethods(),
        ...this.transactionMethods(),
        ...this.stateMethods(),
      }),
    );
  }

  get names(): string[] {
    return [...this.methods.keys()];
  }

  /** @throws RpcError, EngineError. */
  async call(name: string, params: Params): Promise<Answer> {
    const method = this.methods.get(name);
    if (method === undefined)
      throw new RpcError(RPC_CODES.methodNotFound, `the method ${name} does not exist/is not available`);
    const answer = async () => method(params);
    return LARGE.has(name) || isOfFullBlock(name, params) ? this.reads.records(name, answer) : answer();
  }

  private chainMethods(): Record<string, Method> {
    const { chainId } = this.chain.settings.genesis;
    return {
      eth_chainId: () => quantity(chainId),
      net_version: () => String(chainId),
      net_listening: () => true,
      net_peerCount: () => '0x0',
      web3_clientVersion: () => `aitbc/v0.1.0/${process.platform}/node${process.versions.node}`,
      web3_sha3: ([data]) => keccak256(readData(data, 'data')),
      eth_syncing: () => false,
      eth_accounts: () => [],
      eth_blockNumber: async () => quantity((await this.chain.head()).number),
      eth_gasPrice: async () => quantity((await this.baseFee()) + SUGGESTED_TIP),
      eth_maxPriorityFeePerGas: () => quantity(SUGGESTED_TIP),
      eth_feeHistory: ([count, newest, percentiles]) => this.feeHistory(count, newest, percentiles),
    };
  }

  private blockMethods(): Record<string, Method> {
    return {
      eth_getBlockByNumber: async ([block, full]) => this.blockJson(await this.records.block(block), full === true),
      eth_getBlockByHash: async ([hash, full]) =>
        this.blockJson(await this.records.byHash(readHash(hash, 'hash')), full === true),
      eth_getBlockTransactionCountByNumber: async ([block]) => count(await this.records.block(block)),
      eth_getBlockTransactionCountByHash: async ([hash]) => count(await this.records.byHash(readHash(hash, 'hash'))),
      eth_getUncleCountByBlockNumber: async ([block]) => uncles(await this.records.block(block)),
      eth_getUncleCountByBlockHash: async ([hash]) => uncles(await this.records.byHash(readHash(hash, 'hash'))),
      eth_getBlockReceipts: async ([block]) => this.receipts(await this.records.anyBlock(block)),
      eth_getLogs: ([filter]) => writeMatchingLogs(this.records, readLogFilter(filter)),
    };
  }

  private transactionMethods(): Record<string, Method> {
    return {
      eth_getTransactionByHash: ([hash]) => this.transactionJson(readHash(hash, 'hash')),
      eth_getTransactionByBlockNumberAndIndex: async ([block, index]) =>
        this.transactionAt(await this.records.block(block), index),
      eth_getTransactionByBlockHashAndIndex: async ([hash, index]) =>
        this.transactionAt(await this.records.byHash(readHash(hash, 'hash')), index),
      eth_getTransactionReceipt: async ([hash]) => {
        const transaction = await this.records.transaction(readHash(hash, 'hash'));
        if (transaction === null) return null;
        const block = await this.records.block(quantity(transaction.blockNumber));
        const size = await this.records.sizeOfLogs(transaction.blockNumber, transaction.hash);
        const write = () => writeReceipt(this.records, transaction, block!, size);
        // A receipt does not wait for large reads, unless it is large itself.
        return size.count > MANY_LOGS ? this.reads.records('eth_getTransactionReceipt', write) : write();
      },
    };
  }

  private stateMethods(): Record<string, Method> {
    return {
      eth_getBalance: async ([address, block]) => {
        const execution = await this.chain.settled();
        return quantity(
          (await execution.account(readAddress(address, 'address'), await this.records.stateOf(block))).balance,
        );
      },
      eth_getTransactionCount: async ([address, block]) => {
        const account = readAddress(address, 'address');
        const { nonce } = await (await this.chain.settled()).account(account, await this.records.stateOf(block));
        return quantity(block === 'pending' ? this.pool.nextNonce(account, nonce) : nonce);
      },
      eth_getCode: async ([address, block]) =>
        (await this.chain.settled()).code(readAddress(address, 'address'), await this.records.stateOf(block)),
      eth_getStorageAt: async ([address, slot, block]) =>
        (await this.chain.settled()).storage(
          readAddress(address, 'address'),
          readSlot(slot, 'slot'),
          await this.records.stateOf(block),
        ),
      eth_getProof: async ([address, slots, block]) => {
        const keys = readList(slots ?? [], 'slots');
        if (keys.length > MAX_PROOF_SLOTS) throw invalidParams(`slots: at most ${MAX_PROOF_SLOTS} at once`);
        const wanted = keys.map((key) => readSlot(key, 'slots'));
        const execution = await this.chain.settled();
        const proof = await execution.proof(readAddress(address, 'address'), wanted, await this.records.stateOf(block));
        return formatProof(proof, keys as string[]);
      },
      eth_call: async ([call, block, stateOverrides, blockOverrides]) => {
        const request = this.readCall(call, stateOverrides, blockOverrides);
        return (await this.chain.settled()).call(request, await this.records.stateOf(block));
      },
      eth_estimateGas: async ([call, block, stateOverrides, blockOverrides]) => {
        const request = this.readCall(call, stateOverrides, blockOverrides);
        return quantity(await (await this.chain.settled()).estimateGas(request, await this.records.stateOf(block)));
      },
    };
  }

  private readCall(call: unknown, stateOverrides: unknown, blockOverrides: unknown): CallRequest {
    return readCall(call, stateOverrides, blockOverrides, this.chain.settings.genesis.chainId);
  }

  private async baseFee(): Promise<bigint> {
    const head = await this.chain.head();
    return nextBaseFee(head.baseFee, BigInt(head.gasUsed), this.chain.settings.genesis.gasLimit);
  }

  private async feeHistory(blockCount: unknown, newest: unknown, percentiles: unknown): Promise<Json> {
    const wanted = readPercentiles(percentiles);
    const count = Math.min(readCount(blockCount, 'blockCount'), MAX_FEE_HISTORY);
    const last = await this.records.numberOf(newest);
    const head = (await this.chain.head()).number;
    if (last > head) throw new RpcError(RPC_CODES.server, `request beyond head block: requested ${last}, head ${head}`);
    const blocks = await this.records.feesOfBlocks(Math.max(0, last + 1 - count), last);
    const counted = wanted.length === 0 ? blocks : newestWithin(blocks, MAX_FEE_HISTORY_TRANSACTIONS);
    const paid = wanted.length === 0 ? [] : await this.records.feesOfTransactions(counted[0]?.number ?? 0, last);
    return feeHistory(counted, paid, this.chain.settings.genesis.gasLimit, wanted);
  }

  private async blockJson(block: StoredBlock | null, full: boolean): Promise<Json> {
    if (block === null) return null;
    if (full) assertAnswerable(block.size * 2 + block.transactionCount * TRANSACTION_CHARACTERS, ONE_BY_ONE);
    const transactions = await this.records.transactionsOf(block.number);
    return formatBlock(
      block,
      transactions.map((transaction) => (full ? included(transaction, block) : transaction.hash)),
    );
  }

  private async receipts(block: StoredBlock | null): Promise<Answer> {
    if (block === null) return null;
    return writeReceipts(this.records, await this.records.transactionsOf(block.number), block.number, block);
  }

  private async transactionJson(hash: string): Promise<Json> {
    const stored = await this.records.transaction(hash);
    if (stored !== null) return included(stored, (await this.records.block(quantity(stored.blockNumber)))!);
    const waiting = this.pool.find(hash);
    return waiting === undefined ? null : formatTransaction(bytesToHex(waiting.raw), hash, waiting.sender);
  }

  private async transactionAt(block: StoredBlock | null, index: unknown): Promise<Json> {
    if (block === null) return null;
    const position = readQuantity(index, 'index');
    if (position >= block.transactionCount) return null;
    const transaction = await this.records.transactionAt(block.number, Number(position));
    return transaction === null ? null : included(transaction, block);
  }
}

function isOfFullBlock(name: string, [, full]: Params): boolean {
  return full === true && (name === 'eth_getBlockByNumber' || name === 'eth_getBlockByHash');
}

function included(transaction: StoredTransaction, block: BlockStamp): Json {
  return formatTransaction(transaction.raw, transaction.hash, transaction.sender, { ...transaction, block });
}

/** A single-sealer chain has no uncles. */
function uncles(block: StoredBlock | null): Json {
  return block === null ? null : '0x0';
}

function count(block: StoredBlock | null): Json {
  return block === null ? null : quantity(block.transactionCount);
}
