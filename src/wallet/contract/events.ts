import { Event, Key } from '@aitbc/modulith';
import { Address, Amount, Id, Moment, OptionalField, Text } from '@aitbc/platform';
import { IsIn } from 'class-validator';
import { TRANSFER_KINDS, type TransferKind } from './transfers.js';

const TRANSACTION_HASH = { max: 66, pattern: /^0x[0-9a-f]{64}$/, says: 'must be 32 bytes in hex' } as const;

/**
 * Somebody locked money under a booking's id, as the chain confirmed. Anybody can do that: whoever listens compares client,
 * provider, amount and expiry with what was agreed.
 */
export class EscrowLocked extends Event {
  @Key() @Id() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Address() providerAddress: string;
  @Amount() amount: bigint;
  @Moment() expiresAt: Date;
  @Text(TRANSACTION_HASH) transactionHash: string;
  /** The block's time. */
  @Moment() lockedAt: Date;
}

/** The custodial wallet of a booking did not lock the money and will not. */
export class EscrowLockFailed extends Event {
  @Key() @Id() bookingId: string;
  /** As of an error: `wallet.locked`, `wallet.insufficient_funds`, … */
  @Text({ max: 100 }) code: string;
  @Text({ min: 0, max: 10_000, controls: 'all' }) detail: string;
}

/** The escrow of a booking has paid out, once and for good. */
export class EscrowSettled extends Event {
  @Key() @Id() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Text(TRANSACTION_HASH) transactionHash: string;
  @Amount() toProvider: bigint;
  @Amount() toTreasury: bigint;
  @Amount() toClient: bigint;
}

/** A client took back by itself what was unsettled after the expiry. */
export class EscrowWithdrawn extends Event {
  @Key() @Id() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Text(TRANSACTION_HASH) transactionHash: string;
  @Amount() amount: bigint;
}

/** A signed transaction was stored and wants to be on the chain. The module tells itself. */
export class TransactionSigned extends Event {
  /** The sender's address: its transactions are submitted in the order of their nonces. */
  @Key() @Address() sender: string;
  @Id() transactionId: string;
  @Text({ max: 2 * 131_072 + 2, pattern: /^0x[0-9a-f]+$/, says: 'must be bytes in hex' }) raw: string;
}

export const FINAL_TRANSFER_STATUSES = ['confirmed', 'reverted', 'failed'] as const;
export type FinalTransferStatus = (typeof FINAL_TRANSFER_STATUSES)[number];

/** What a user sent from a wallet here is in a block, or never will be. */
export class TransferFinished extends Event {
  @Key() @Id() walletId: string;
  @Id() transferId: string;
  /** Who asked for it: the owner of the wallet. */
  @Text({ max: 100 }) userId: string;
  @IsIn(TRANSFER_KINDS) kind: TransferKind;
  @IsIn(FINAL_TRANSFER_STATUSES) status: FinalTransferStatus;
  @Address() to: string;
  @Amount() amount: bigint;
  @Text(TRANSACTION_HASH) transactionHash: string;
  /** Why it is not in a block, or did nothing there, as a code. */
  @OptionalField() @Text({ max: 100 }) failure?: string;
}
