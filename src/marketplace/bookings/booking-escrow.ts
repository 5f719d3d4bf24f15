import { amountColumn, instant } from '@aitbc/platform';
import { Column } from 'typeorm';
import { SettlementDue } from '../contract/events.js';

/** One booking id can have several escrows on the chain: one per contract and locking client. */
export interface EscrowKey {
  readonly escrowAddress: string;
  readonly clientAddress: string;
}

export interface LockedEscrow extends EscrowKey {
  readonly providerAddress: string;
  readonly amount: bigint;
  readonly expiresAt: Date;
  readonly transactionHash: string;
  readonly lockedAt: Date;
}

export interface SettledEscrow extends EscrowKey {
  readonly transactionHash: string;
  readonly toProvider: bigint;
  readonly toTreasury: bigint;
  readonly toClient: bigint;
}

export interface WithdrawnEscrow extends EscrowKey {
  readonly transactionHash: string;
  readonly amount: bigint;
}

/** Refunds money locked under a booking's id by anyone other than its client. */
export function refundOf(bookingId: string, { escrowAddress, clientAddress }: EscrowKey): SettlementDue {
  return SettlementDue.of({ bookingId, escrowAddress, clientAddress, providerGross: 0n });
}

/** A booking's own escrow: the agreed terms, the locked amount, the division, and the payouts. */
export class BookingEscrow {
  @Column({ name: 'escrow_address', type: 'varchar', length: 42 }) address: string;
  @Column({ name: 'client_address', type: 'varchar', length: 42 }) clientAddress: string;
  @Column({ name: 'provider_address', type: 'varchar', length: 42 }) providerAddress: string;
  @Column({ name: 'escrow_expires_at', type: 'bigint', transformer: instant }) expiresAt: Date;
  /**
   * Base units; null until money is locked. Differs from the booking's total only if that is the reason for the refund.
   */
  @Column({ name: 'locked_amount', type: 'varchar', length: 78, nullable: true, transformer: amountColumn })
  lockedAmount: bigint | null = null;
  /** The provider's share before the fee: null until decided, immutable afterwards. */
  @Column({ name: 'provider_gross', type: 'varchar', length: 78, nullable: true, transformer: amountColumn })
  providerGross: bigint | null = null;
  @Column({ name: 'to_provider', type: 'varchar', length: 78, nullable: true, transformer: amountColumn })
  toProvider: bigint | null = null;
  @Column({ name: 'to_treasury', type: 'varchar', length: 78, nullable: true, transformer: amountColumn })
  toTreasury: bigint | null = null;
  @Column({ name: 'to_client', type: 'varchar', length: 78, nullable: true, transformer: amountColumn })
  toClient: bigint | null = null;
  @Column({ name: 'lock_transaction', type: 'varchar', length: 66, nullable: true })
  lockTransaction: string | null = null;
  @Column({ name: 'release_transaction', type: 'varchar', length: 66, nullable: true })
  releaseTransaction: string | null = null;

  static agree(
    terms: Pick<BookingEscrow, 'address' | 'clientAddress' | 'providerAddress' | 'expiresAt'>,
  ): BookingEscrow {
    return Object.assign(new BookingEscrow(), terms);
  }

  get isLocked(): boolean {
    return this.lockTransaction !== null;
  }

  get isPaidOut(): boolean {
    return this.releaseTransaction !== null;
  }

  get isDecided(): boolean {
    return this.providerGross !== null;
  }

  is(key: EscrowKey): boolean {
    return sameAddress(this.address, key.escrowAddress) && sameAddress(this.clientAddress, key.clientAddress);
  }

  /**
   * A client who locks by itself could name another provider, or an expiry that allows a withdrawal before the payout.
   */
  isLockedAsAgreed(lock: LockedEscrow, total: bigint): boolean {
    return (
      lock.amount === total &&
      sameAddress(lock.providerAddress, this.providerAddress) &&
      lock.expiresAt >= this.expiresAt
    );
  }

  lock(lock: LockedEscrow): void {
    this.lockedAmount = lock.amount;
    this.lockTransaction = lock.transactionHash;
  }

  /**
   * Decides the division, once.
   * @throws Error if nothing is locked, it was already decided, or the share exceeds the amount: all three are
   * programming errors.
   */
  settle(bookingId: string, providerGross: bigint): SettlementDue {
    if (this.lockedAmount === null || this.isDecided) throw new Error(`Booking ${bookingId} cannot be settled now.`);
    if (providerGross > this.lockedAmount) throw new Error(`Booking ${bookingId} has less than that to settle.`);
    this.providerGross = providerGross;
    const { address, clientAddress } = this;
    return SettlementDue.of({ bookingId, escrowAddress: address, clientAddress, providerGross });
  }

  payOut(paid: Omit<SettledEscrow, keyof EscrowKey>): void {
    this.toProvider = paid.toProvider;
    this.toTreasury = paid.toTreasury;
    this.toClient = paid.toClient;
    this.releaseTransaction = paid.transactionHash;
  }
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
