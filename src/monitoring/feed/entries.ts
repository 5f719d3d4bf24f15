import { formatAmount } from '@aitbc/platform';
import type { JobChanged } from '../../agents/contract/index.js';
import type { BookingChanged } from '../../marketplace/contract/index.js';
import type { TransferFinished } from '../../wallet/contract/index.js';
import { OPERATORS } from '../contract/feed.js';
import type { FeedEntry } from './feed-entry.js';

/** Client and provider see each status of their booking; operators see disputes, which wait for them. */
export function entriesOfBooking({ bookingId, offerId, clientId, providerId, status }: BookingChanged): FeedEntry[] {
  const what = { type: `booking.${status}`, data: { bookingId, offerId, status } };
  const audiences = parties(clientId, providerId);
  if (status === 'disputed') audiences.push(OPERATORS);
  return audiences.map((audience) => ({ audience, ...what }));
}

export function entriesOfJob({ jobId, bookingId, clientId, providerId, status, attempts }: JobChanged): FeedEntry[] {
  const what = { type: `job.${status}`, data: { jobId, bookingId, status, attempts } };
  return parties(clientId, providerId).map((audience) => ({ audience, ...what }));
}

export function entriesOfTransfer({ userId, ...transfer }: TransferFinished): FeedEntry[] {
  const { transferId, walletId, kind, status, to, transactionHash } = transfer;
  const amount = formatAmount(transfer.amount);
  const failure = transfer.failure ?? null;
  const data = { transferId, walletId, kind, status, to, amount, transactionHash, failure };
  return [{ audience: userId, type: `transfer.${status}`, data }];
}

/** A user may book their own offer. */
const parties = (clientId: string, providerId: string) => [...new Set([clientId, providerId])];
