import { Event, Key } from '@aitbc/modulith';
import { Address, Amount, Id, Moment, OptionalField, Text } from '@aitbc/platform';
import { IsIn } from 'class-validator';
import { TRANSFER_KINDS, type TransferKind } from './transfers.js';

const TRANSACTION_HASH = { max: 66, pattern: /^0x[0-9a-f]{64}$/, says: 'must be 32 bytes in hex' } as const;

/**
 * Money was locked under a booking's id, as confirmed by the chain. Anyone can do that: subscribers must compare
 * client, provider, amount and expiry with the booking.
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

/** A booking's custodial wallet did not lock the money and will not. */
export class EscrowLockFailed extends Event {
  @Key() @Id() bookingId: string;
  /** An error code: `wallet.locked`, `wallet.insufficient_funds`, … */
  @Text({ max: 100 }) code: string;
  @Text({ min: 0, max: 10_000, controls: 'all' }) detail: string;
}

/** A booking's escrow has paid out; this is final. */
export class EscrowSettled extends Event {
  @Key() @Id() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Text(TRANSACTION_HASH) transactionHash: string;
  @Amount() toProvider: bigint;
  @Amount() toTreasury: bigint;
  @Amount() toClient: bigint;
}

/** A client withdrew the unsettled money after the expiry. */
export class EscrowWithdrawn extends Event {
  @Key() @Id() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Text(TRANSACTION_HASH) transactionHash: string;
  @Amount() amount: bigint;
}

/** A signed transaction was stored and must be submitted. Consumed by this module itself. */
export class TransactionSigned extends Event {
  /** The sender's address: its transactions are submitted in the order of their nonces. */
  @Key() @Address() sender: string;
  @Id() transactionId: string;
  @Text({ max: 2 * 131_072 + 2, pattern: /^0x[0-9a-f]+$/, says: 'must be bytes in hex' }) raw: string;
}

export const FINAL_TRANSFER_STATUSES = ['confirmed', 'reverted', 'failed'] as const;
export type FinalTransferStatus = (typeof FINAL_TRANSFER_STATUSES)[number];

/** A user's transfer is in a block, or never will be. */
export class TransferFinished extends Event {
  @Key() @Id() walletId: string;
  @Id() transferId: string;
  /** The requesting user: the wallet's owner. */
  @Text({ max: 100 }) userId: string;
  @IsIn(TRANSFER_KINDS) kind: TransferKind;
  @IsIn(FINAL_TRANSFER_STATUSES) status: FinalTransferStatus;
  @Address() to: string;
  @Amount() amount: bigint;
  @Text(TRANSACTION_HASH) transactionHash: string;
  /** Why it is not in a block, or had no effect, as a code. */
  @OptionalField() @Text({ max: 100 }) failure?: string;
}
