import { formatAmount } from '@aitbc/platform';
import type { LedgerEntryView } from '../contract/index.js';

const COLUMNS = [
  'sequence',
  'at',
  'kind',
  'amount',
  'balance',
  'counterparty',
  'transactionHash',
  'bookingId',
  'blockNumber',
] as const satisfies readonly (keyof LedgerEntryView)[];

export const LEDGER_CSV_HEAD = `${COLUMNS.join(',')}\r\n`;

/**
 * A line of CSV (RFC 4180). No field can contain a comma, a quote or a formula: they are numbers, times, ids and hex.
 */
export function ledgerCsvLine(entry: LedgerEntryView): string {
  return `${COLUMNS.map((column) => textOf(entry[column])).join(',')}\r\n`;
}

function textOf(value: LedgerEntryView[(typeof COLUMNS)[number]]): string {
  if (typeof value === 'bigint') return formatAmount(value);
  return value instanceof Date ? value.toISOString() : String(value ?? '');
}
