import { padAmount } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import type { PackedBlock, PackedHeader } from '../engine/packed-block.js';
import { WaitingTransaction } from '../mempool/waiting-transaction.entity.js';
import { insertRows } from './insert-rows.js';
import { StoredBlock } from './stored-block.entity.js';

/** The block's parent is not the newest stored block: another replica sealed one, or the database has lost blocks. */
export class ParentNotStored extends Error {
  override readonly name = 'ParentNotStored';

  constructor({ number, parentHash }: PackedHeader, newest: Pick<StoredBlock, 'number' | 'hash'> | undefined) {
    const stored = newest === undefined ? 'none' : `${newest.number} ${newest.hash}`;
    super(`Block ${number} follows ${parentHash}, and the newest stored block is ${stored}.`);
  }
}

/** Writes blocks. */
@Injectable()
export class BlockStore {
  constructor(
    @InjectRepository(StoredBlock, 'blockchain') private readonly blocks: Repository<StoredBlock>,
    @InjectRepository(WaitingTransaction, 'blockchain') private readonly waiting: Repository<WaitingTransaction>,
  ) {}

  /** The newest block; undefined before the genesis. */
  async head(): Promise<StoredBlock | undefined> {
    const [newest] = await this.blocks.find({ order: { number: 'DESC' }, take: 1 });
    return newest;
  }

  async hashOf(number: number): Promise<string | undefined> {
    return (await this.blocks.findOne({ where: { number }, select: { number: true, hash: true } }))?.hash;
  }

  /**
   * Stores a block with all its effects, and removes its transactions from the stored pool; runs in a unit of work.
   * @throws ParentNotStored if it does not follow the newest stored block.
   */
  async store(packed: PackedBlock): Promise<void> {
    const { block, transactions, logs, balances, nodes } = packed;
    const { manager } = this.blocks;
    const { timestamp, ...stored } = block;
    const newest = await this.head();
    const follows = newest === undefined ? block.number === 0 : newest.hash === block.parentHash;
    if (!follows || (newest && newest.number !== block.number - 1)) throw new ParentNotStored(block, newest);
    // insert, not save: the primary key rejects a second block at this height
    await this.blocks.insert({ ...stored, sealedAt: new Date(timestamp * 1000) });
    await insertRows(
      manager,
      'blockchain_nodes',
      ['key', 'value'],
      nodes.map(({ key, value }) => [Buffer.from(key), Buffer.from(value)]),
    );
    await insertRows(manager, 'blockchain_transactions', TRANSACTION_COLUMNS, transactions.map(transactionRow));
    await insertRows(manager, 'blockchain_logs', LOG_COLUMNS, logs.map(logRow));
    const changes = balances.map(({ address, before, after }) => [
      block.number,
      address,
      padAmount(before),
      padAmount(after),
    ]);
    await insertRows(
      manager,
      'blockchain_balance_changes',
      ['block_number', 'address', 'balance_before', 'balance_after'],
      changes,
    );
    await this.forgetWaiting(transactions.map(({ hash }) => hash));
  }

  /** Removes transactions from the stored pool; runs in a unit of work. */
  async forgetWaiting(hashes: readonly string[]): Promise<void> {
    const perStatement = 10_000;
    for (let start = 0; start < hashes.length; start += perStatement) {
      await this.waiting.delete({ hash: In(hashes.slice(start, start + perStatement)) });
    }
  }
}

const TRANSACTION_COLUMNS = [
  'hash',
  'block_number',
  'position',
  'sender',
  'recipient',
  'nonce',
  'value',
  'raw',
  'succeeded',
  'gas_used',
  'cumulative_gas_used',
  'gas_price',
  'contract_address',
  'transfers',
] as const;

function transactionRow(transaction: PackedBlock['transactions'][number]): unknown[] {
  const { hash, blockNumber, index, sender, recipient, nonce, value, raw } = transaction;
  const { succeeded, gasUsed, cumulativeGasUsed, gasPrice, contractAddress, transfers } = transaction;
  const moved = JSON.stringify(
    transfers.map(({ from, to, value: amount }) => ({ from, to, value: amount.toString() })),
  );
  const receipt = [succeeded, gasUsed, cumulativeGasUsed, padAmount(gasPrice), contractAddress, moved];
  return [hash, blockNumber, index, sender, recipient, nonce, padAmount(value), raw, ...receipt];
}

const LOG_COLUMNS = [
  'block_number',
  'position',
  'transaction_hash',
  'transaction_position',
  'address',
  'topic0',
  'topic1',
  'topic2',
  'topic3',
  'data',
] as const;

function logRow({
  blockNumber,
  index,
  transactionHash,
  transactionIndex,
  address,
  topics,
  data,
}: PackedBlock['logs'][number]): unknown[] {
  const padded = [0, 1, 2, 3].map((position) => topics[position] ?? null);
  return [blockNumber, index, transactionHash, transactionIndex, address, ...padded, data];
}
