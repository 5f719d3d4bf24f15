import { setImmediate as pause } from 'node:timers/promises';
import type { StoredLog } from '../chain/stored-log.entity.js';
import type { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { assertAnswerable, JsonText } from './answer-text.js';
import { Bloom } from './bloom.js';
import type { ChainRecords, LogsSize } from './chain-records.js';
import { type BlockStamp, formatLog, formatReceipt } from './rpc-format.js';
import type { LogFilter } from './rpc-params.js';

/** Characters of a log without its data, with four topics. */
const LOG_CHARACTERS = 900;
const RECEIPT_CHARACTERS = 1_500;
const NARROW = 'narrow the block range or the filter';
const ONE_BY_ONE = 'ask for the receipts of its transactions';

/** The answer of eth_getLogs. @throws RpcError if it would be too large. */
export async function writeMatchingLogs(records: ChainRecords, filter: LogFilter): Promise<JsonText> {
  const range = await records.rangeOf(filter);
  const matching = await records.sizeOfMatching(filter, range);
  assertAnswerable(charactersOf(matching), NARROW);
  const parts: string[] = [];
  for await (const page of records.pagesOfMatching(filter, matching)) {
    const blocks = await records.stampsOf([...new Set(page.map(({ blockNumber }) => blockNumber))]);
    parts.push(...page.map((log) => JSON.stringify(formatLog(log, blocks.get(log.blockNumber)!))));
    await pause();
  }
  return new JsonText(`[${parts.join(',')}]`);
}

/** A transaction's receipt. @throws RpcError if it would be too large. */
export async function writeReceipt(
  records: ChainRecords,
  transaction: StoredTransaction,
  block: BlockStamp,
  size: LogsSize,
): Promise<JsonText> {
  const { blockNumber, hash } = transaction;
  assertAnswerable(charactersOf(size), NARROW);
  const writer = new ReceiptWriter(transaction, block);
  for await (const page of records.pagesOfLogs(blockNumber, hash)) {
    for (const log of page) writer.add(log);
    await pause();
  }
  return new JsonText(writer.finish());
}

/** The receipts of a block. @throws RpcError if they would be too large together. */
export async function writeReceipts(
  records: ChainRecords,
  transactions: readonly StoredTransaction[],
  blockNumber: number,
  block: BlockStamp,
): Promise<JsonText> {
  const logs = charactersOf(await records.sizeOfLogs(blockNumber));
  assertAnswerable(logs + transactions.length * RECEIPT_CHARACTERS, ONE_BY_ONE);
  const writers = new Map(transactions.map((each) => [each.hash, new ReceiptWriter(each, block)]));
  for await (const page of records.pagesOfLogs(blockNumber)) {
    for (const log of page) writers.get(log.transactionHash)!.add(log);
    await pause();
  }
  return new JsonText(`[${[...writers.values()].map((writer) => writer.finish()).join(',')}]`);
}

function charactersOf({ count, data }: LogsSize): number {
  return count * LOG_CHARACTERS + data;
}

class ReceiptWriter {
  private readonly bloom = new Bloom();
  private readonly logs: string[] = [];

  constructor(
    private readonly transaction: StoredTransaction,
    private readonly block: BlockStamp,
  ) {}

  add(log: StoredLog): void {
    for (const entry of [log.address, ...log.topics]) this.bloom.add(entry);
    this.logs.push(JSON.stringify(formatLog(log, this.block)));
  }

  finish(): string {
    const receipt = JSON.stringify(formatReceipt(this.transaction, this.bloom.toHex(), this.block));
    return `${receipt.slice(0, -1)},"logs":[${this.logs.join(',')}]}`;
  }
}
