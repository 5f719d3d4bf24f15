import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Between, In, Repository } from 'typeorm';
import { Chain } from '../chain/chain.js';
import { StoredBlock } from '../chain/stored-block.entity.js';
import { StoredLog } from '../chain/stored-log.entity.js';
import { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { invalidParams, RPC_CODES, RpcError } from './rpc-error.js';
import { type LogFilter, readHash, readQuantity } from './rpc-params.js';

const MAX_LOGS = 10_000;
const NEWEST = new Set(['latest', 'pending', 'safe', 'finalized']);

/** Reads the stored chain the way JSON-RPC asks for it. */
@Injectable()
export class ChainRecords {
  constructor(
    private readonly chain: Chain,
    @InjectRepository(StoredBlock, 'blockchain') private readonly blocks: Repository<StoredBlock>,
    @InjectRepository(StoredTransaction, 'blockchain') private readonly transactions: Repository<StoredTransaction>,
    @InjectRepository(StoredLog, 'blockchain') private readonly logs: Repository<StoredLog>,
  ) {}

  /**
   * A block by tag, number, hash, or EIP-1898 object. A block is final at once, so safe, finalized and latest are one;
   * there is no pending block, and latest stands for it.
   */
  async block(reference: unknown): Promise<StoredBlock | null> {
    if (typeof reference === 'object' && reference !== null) {
      const { blockHash, blockNumber } = reference as { blockHash?: unknown; blockNumber?: unknown };
      return blockHash === undefined
        ? this.block(blockNumber)
        : this.blocks.findOneBy({ hash: readHash(blockHash, 'blockHash') });
    }
    return this.blocks.findOneBy({ number: await this.numberOf(reference) });
  }

  byHash(hash: string): Promise<StoredBlock | null> {
    return this.blocks.findOneBy({ hash });
  }

  /** The header of the block whose state is meant; undefined for the newest. @throws RpcError when there is no such block. */
  async stateOf(reference: unknown): Promise<string | undefined> {
    if (reference === undefined || reference === null || NEWEST.has(reference as string)) return undefined;
    const block = await this.block(reference);
    if (block === null) throw new RpcError(RPC_CODES.server, 'header not found');
    return block.header;
  }

  /** At most what the chain can have; numbers above the head stay above it. */
  async numberOf(reference: unknown): Promise<number> {
    if (reference === undefined || reference === null || NEWEST.has(reference as string))
      return (await this.chain.head()).number;
    if (reference === 'earliest') return 0;
    const number = readQuantity(reference, 'block');
    if (number > 2_147_483_647n) throw invalidParams('block: the number is too large');
    return Number(number);
  }

  transaction(hash: string): Promise<StoredTransaction | null> {
    return this.transactions.findOneBy({ hash });
  }

  transactionAt(blockNumber: number, position: number): Promise<StoredTransaction | null> {
    return this.transactions.findOneBy({ blockNumber, position });
  }

  transactionsOf(blockNumber: number): Promise<StoredTransaction[]> {
    return this.transactions.find({ where: { blockNumber }, order: { position: 'ASC' } });
  }

  logsOf(blockNumber: number, transactionHash?: string): Promise<StoredLog[]> {
    const where = transactionHash === undefined ? { blockNumber } : { blockNumber, transactionHash };
    return this.logs.find({ where, order: { position: 'ASC' } });
  }

  blocksBetween(first: number, last: number): Promise<StoredBlock[]> {
    return this.blocks.find({ where: { number: Between(first, last) }, order: { number: 'ASC' } });
  }

  /** Logs that match, in order, with the hashes of their blocks. @throws RpcError when they are too many for one answer. */
  async matchingLogs(filter: LogFilter): Promise<{ log: StoredLog; blockHash: string }[]> {
    const [first, last] = await this.rangeOf(filter);
    const select = this.logs
      .createQueryBuilder('log')
      .where('log.blockNumber BETWEEN :first AND :last', { first, last });
    if (filter.addresses.length > 0) select.andWhere('log.address IN (:...addresses)', { addresses: filter.addresses });
    for (const [position, topics] of filter.topics.entries()) {
      if (topics.length > 0)
        select.andWhere(`log.topic${position} IN (:...topics${position})`, { [`topics${position}`]: topics });
      else select.andWhere(`log.topic${position} IS NOT NULL`);
    }
    const logs = await select
      .orderBy('log.blockNumber')
      .addOrderBy('log.position')
      .limit(MAX_LOGS + 1)
      .getMany();
    if (logs.length > MAX_LOGS)
      throw new RpcError(
        RPC_CODES.limitExceeded,
        `query returned more than ${MAX_LOGS} results; narrow the block range`,
      );
    const hashes = await this.hashesOf([...new Set(logs.map(({ blockNumber }) => blockNumber))]);
    return logs.map((log) => ({ log, blockHash: hashes.get(log.blockNumber)! }));
  }

  private async rangeOf({ blockHash, fromBlock, toBlock }: LogFilter): Promise<[number, number]> {
    if (blockHash === undefined) return [await this.numberOf(fromBlock), await this.numberOf(toBlock)];
    const block = await this.byHash(blockHash);
    if (block === null) throw new RpcError(RPC_CODES.server, 'unknown block');
    return [block.number, block.number];
  }

  private async hashesOf(numbers: readonly number[]): Promise<Map<number, string>> {
    const blocks = await this.blocks.find({
      where: { number: In([...numbers]) },
      select: { number: true, hash: true },
    });
    return new Map(blocks.map(({ number, hash }) => [number, hash]));
  }
}
