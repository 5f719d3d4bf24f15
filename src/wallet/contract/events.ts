import { Event, Key } from '@aitbc/modulith';
import { Address, Amount } from '@aitbc/platform';
import { IsDate, IsIn, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { TRANSFER_KINDS, type TransferKind } from './transfers.js';

const TRANSACTION_HASH = /^0x[0-9a-f]{64}$/;

/**
 * Somebody locked money under a booking's id, as the chain confirmed. Anybody can do that: whoever listens compares client,
 * provider, amount and expiry with what was agreed.
 */
export class EscrowLocked extends Event {
  @Key() @IsUUID() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Address() providerAddress: string;
  @Amount() amount: bigint;
  @IsDate() expiresAt: Date;
  @Matches(TRANSACTION_HASH) transactionHash: string;
  /** The block's time. */
  @IsDate() lockedAt: Date;
}

/** The custodial wallet of a booking did not lock the money and will not. */
export class EscrowLockFailed extends Event {
  @Key() @IsUUID() bookingId: string;
  /** As of an error: `wallet.locked`, `wallet.insufficient_funds`, … */
  @IsString() code: string;
  @IsString() detail: string;
}

/** The escrow of a booking has paid out, once and for good. */
export class EscrowSettled extends Event {
  @Key() @IsUUID() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Matches(TRANSACTION_HASH) transactionHash: string;
  @Amount() toProvider: bigint;
  @Amount() toTreasury: bigint;
  @Amount() toClient: bigint;
}

/** A client took back by itself what was unsettled after the expiry. */
export class EscrowWithdrawn extends Event {
  @Key() @IsUUID() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  @Matches(TRANSACTION_HASH) transactionHash: string;
  @Amount() amount: bigint;
}

/** A signed transaction was stored and wants to be on the chain. The module tells itself. */
export class TransactionSigned extends Event {
  /** The sender's address: its transactions are submitted in the order of their nonces. */
  @Key() @Address() sender: string;
  @IsUUID() transactionId: string;
  @Matches(/^0x[0-9a-f]+$/) raw: string;
}

export const FINAL_TRANSFER_STATUSES = ['confirmed', 'reverted', 'failed'] as const;
export type FinalTransferStatus = (typeof FINAL_TRANSFER_STATUSES)[number];

/** What a user sent from a wallet here is in a block, or never will be. */
export class TransferFinished extends Event {
  @Key() @IsUUID() walletId: string;
  @IsUUID() transferId: string;
  /** Who asked for it: the owner of the wallet. */
  @IsString() userId: string;
  @IsIn(TRANSFER_KINDS) kind: TransferKind;
  @IsIn(FINAL_TRANSFER_STATUSES) status: FinalTransferStatus;
  @Address() to: string;
  @Amount() amount: bigint;
  @Matches(TRANSACTION_HASH) transactionHash: string;
  /** Why it is not in a block, or did nothing there, as a code. */
  @IsOptional() @IsString() failure?: string;
}
