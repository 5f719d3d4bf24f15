import { MAX_INTEGER } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Between, In, Repository, type SelectQueryBuilder } from 'typeorm';
import { Chain } from '../chain/chain.js';
import { StoredBlock } from '../chain/stored-block.entity.js';
import { StoredLog } from '../chain/stored-log.entity.js';
import { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { invalidParams, RPC_CODES, RpcError } from './rpc-error.js';
import type { BlockStamp } from './rpc-format.js';
import type { BlockFees, TransactionFees } from './fee-history.js';
import { type BlockRange, lookThrough } from './log-windows.js';
import { isAbsent, type LogFilter, readHash, readQuantity } from './rpc-params.js';

const MAX_LOGS = 10_000;
const LOGS_IN_PAGE = 1_000;
const NEWEST = new Set(['latest', 'pending', 'safe', 'finalized']);

/** @property data in characters of hex. */
export interface LogsSize {
  readonly count: number;
  readonly data: number;
}

/** @property windows the block ranges that contain them. */
export interface MatchingLogs extends LogsSize {
  readonly windows: readonly BlockRange[];
}

/** Reads the stored chain for JSON-RPC. */
@Injectable()
export class ChainRecords {
  constructor(
    private readonly chain: Chain,
    @InjectRepository(StoredBlock, 'blockchain') private readonly blocks: Repository<StoredBlock>,
    @InjectRepository(StoredTransaction, 'blockchain') private readonly transactions: Repository<StoredTransaction>,
    @InjectRepository(StoredLog, 'blockchain') private readonly logs: Repository<StoredLog>,
  ) {}

  /** A block by its tag or number. */
  async block(reference: unknown): Promise<StoredBlock | null> {
    return this.blocks.findOneBy({ number: await this.numberOf(reference) });
  }

  /** A block by its tag, number, hash, or EIP-1898 object. */
  async anyBlock(reference: unknown): Promise<StoredBlock | null> {
    if (isHash(reference)) return this.byHash(reference.toLowerCase());
    if (typeof reference !== 'object' || reference === null) return this.block(reference);
    const { blockHash, blockNumber } = reference as { blockHash?: unknown; blockNumber?: unknown };
    if (isAbsent(blockHash) === isAbsent(blockNumber))
      throw invalidParams('block: either blockHash or blockNumber is needed');
    return isAbsent(blockHash) ? this.block(blockNumber) : this.byHash(readHash(blockHash, 'blockHash'));
  }

  byHash(hash: string): Promise<StoredBlock | null> {
    return this.blocks.findOneBy({ hash });
  }

  /**
   * The header of the block whose state is requested; undefined for the newest. @throws RpcError if there is no such
   * block.
   */
  async stateOf(reference: unknown): Promise<string | undefined> {
    if (isNewest(reference)) return undefined;
    const block = await this.anyBlock(reference);
    if (block === null) throw new RpcError(RPC_CODES.server, 'header not found');
    return block.header;
  }

  /**
   * Bounded by what the chain can have; numbers above the head stay above it. A block is final at once, so safe,
   * finalized and latest are the same; there is no pending block, so it means latest.
   */
  async numberOf(reference: unknown): Promise<number> {
    if (isNewest(reference)) return (await this.chain.head()).number;
    if (reference === 'earliest') return 0;
    const number = readQuantity(reference, 'block');
    if (number > BigInt(MAX_INTEGER)) throw invalidParams('block: the number is too large');
    return Number(number);
  }

  transaction(hash: string): Promise<StoredTransaction | null> {
    return this.transactions.findOneBy({ hash });
  }

  async transactionAt(blockNumber: number, position: number): Promise<StoredTransaction | null> {
    // No transaction position exceeds the range of its column.
    if (position > MAX_INTEGER) return null;
    return this.transactions.findOneBy({ blockNumber, position });
  }

  transactionsOf(blockNumber: number): Promise<StoredTransaction[]> {
    return this.transactions.find({ where: { blockNumber }, order: { position: 'ASC' } });
  }

  /** The size of the logs of a block, or of one transaction. */
  async sizeOfLogs(blockNumber: number, transactionHash?: string): Promise<LogsSize> {
    const found = await this.logsIn(blockNumber, transactionHash)
      .select('COUNT(*)', 'count')
      .addSelect('COALESCE(SUM(LENGTH(log.data)), 0)', 'data')
      .getRawOne<{ count: number | string; data: number | string }>();
    return { count: Number(found!.count), data: Number(found!.data) };
  }

  /** In order, in pages: a transaction can log tens of thousands. */
  pagesOfLogs(blockNumber: number, transactionHash?: string): AsyncGenerator<StoredLog[]> {
    return pagesOf(() => this.logsIn(blockNumber, transactionHash));
  }

  /** Without headers, which are most of a block. */
  feesOfBlocks(first: number, last: number): Promise<BlockFees[]> {
    const select = { number: true, baseFee: true, gasUsed: true, transactionCount: true } as const;
    return this.blocks.find({ select, where: { number: Between(first, last) }, order: { number: 'ASC' } });
  }

  feesOfTransactions(first: number, last: number): Promise<TransactionFees[]> {
    const select = { hash: true, blockNumber: true, gasPrice: true, gasUsed: true } as const;
    return this.transactions.find({ select, where: { blockNumber: Between(first, last) } });
  }

  /**
   * The size of the matching logs, and their location.
   * @throws RpcError if they are too many for one answer, or take too long to find.
   */
  async sizeOfMatching(filter: LogFilter, range: BlockRange): Promise<MatchingLogs> {
    const windows: BlockRange[] = [];
    let [count, data] = [0, 0];
    const look = async (window: BlockRange): Promise<void> => {
      const sizes = await this.matching(filter, window)
        .select('LENGTH(log.data)', 'data')
        .limit(MAX_LOGS + 1 - count)
        .getRawMany<{ data: number | string }>();
      if (sizes.length === 0) return;
      windows.push(window);
      count += sizes.length;
      data += sizes.reduce((sum, size) => sum + Number(size.data), 0);
      if (count > MAX_LOGS)
        throw new RpcError(
          RPC_CODES.limitExceeded,
          `query returned more than ${MAX_LOGS} results; narrow the block range`,
        );
    };
    await lookThrough(range, look, () => performance.now());
    return { count, data, windows };
  }

  /** Matching logs, in order and in pages. */
  async *pagesOfMatching(filter: LogFilter, { windows }: MatchingLogs): AsyncGenerator<StoredLog[]> {
    for (const window of windows) yield* pagesOf(() => this.matching(filter, window));
  }

  private logsIn(blockNumber: number, transactionHash?: string): SelectQueryBuilder<StoredLog> {
    const select = this.logs.createQueryBuilder('log').where('log.blockNumber = :blockNumber', { blockNumber });
    return transactionHash === undefined ? select : select.andWhere({ transactionHash });
  }

  private matching({ addresses, topics }: LogFilter, { first, last }: BlockRange): SelectQueryBuilder<StoredLog> {
    const select = this.logs
      .createQueryBuilder('log')
      .where('log.blockNumber BETWEEN :first AND :last', { first, last });
    if (addresses.length > 0) select.andWhere('log.address IN (:...addresses)', { addresses });
    for (const [position, wanted] of topics.entries()) {
      if (wanted.length > 0)
        select.andWhere(`log.topic${position} IN (:...topics${position})`, { [`topics${position}`]: wanted });
      else select.andWhere(`log.topic${position} IS NOT NULL`);
    }
    return select;
  }

  /** The block range of a filter. @throws RpcError if there is none. */
  async rangeOf({ blockHash, fromBlock, toBlock }: LogFilter): Promise<BlockRange> {
    if (blockHash !== undefined) {
      const block = await this.byHash(blockHash);
      if (block === null) throw new RpcError(RPC_CODES.server, 'unknown block');
      return { first: block.number, last: block.number };
    }
    const [first, last] = [await this.numberOf(fromBlock), await this.numberOf(toBlock)];
    const head = (await this.chain.head()).number;
    // A client that has read up to the head asks for the next block.
    if (first === head + 1 && isNewest(toBlock)) return { first, last: first };
    if (Math.max(first, last) > head) throw invalidParams('block range extends beyond current head block');
    if (first > last) throw invalidParams('invalid block range params');
    return { first, last };
  }

  async stampsOf(numbers: readonly number[]): Promise<Map<number, BlockStamp>> {
    const select = { number: true, hash: true, sealedAt: true } as const;
    const blocks = await this.blocks.find({ where: { number: In([...numbers]) }, select });
    return new Map(blocks.map((block) => [block.number, block]));
  }
}

/** By keyset rather than offset: each page is one index lookup, and blocks never change. */
async function* pagesOf(select: () => SelectQueryBuilder<StoredLog>): AsyncGenerator<StoredLog[]> {
  for (let after: StoredLog | undefined; ;) {
    const next = select().orderBy('log.blockNumber').addOrderBy('log.position').limit(LOGS_IN_PAGE);
    if (after !== undefined) {
      next.andWhere('(log.blockNumber > :block OR (log.blockNumber = :block AND log.position > :position))', {
        block: after.blockNumber,
        position: after.position,
      });
    }
    const page = await next.getMany();
    if (page.length > 0) yield page;
    if (page.length < LOGS_IN_PAGE) return;
    after = page.at(-1);
  }
}

function isNewest(reference: unknown): boolean {
  return isAbsent(reference) || NEWEST.has(reference as string);
}

function isHash(reference: unknown): reference is string {
  return typeof reference === 'string' && /^0x[0-9a-f]{64}$/i.test(reference);
}
