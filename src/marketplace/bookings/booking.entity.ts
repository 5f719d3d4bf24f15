import type { Event } from '@aitbc/modulith';
import { amountColumn, instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { JobOutcome, JobVerdict } from '../../agents/contract/index.js';
import type { BookingStatus } from '../contract/bookings.js';
import { BookingActionNotPossible, DecisionExceedsTotal } from '../contract/errors.js';
import { BookingEnded, BookingFunded, BookingRequested, BookingSettled, type EndReason } from '../contract/events.js';
import type { Offer, OfferHold } from '../offers/offer.entity.js';
import {
  BookingEscrow,
  type LockedEscrow,
  refundOf,
  type SettledEscrow,
  type WithdrawnEscrow,
} from './booking-escrow.js';
import {
  after,
  CLOSE_AGAIN_MS,
  DISPUTE_WINDOW_MS,
  escrowExpiry,
  HOUR_MS,
  LOCK_BY_CLIENT_WITHIN_MS,
  LOCK_WITHIN_MS,
} from './deadlines.js';
import { type BookingUse, grossAfterDisputeWindow, hoursOfCancelled, priceOf, startedHours } from './pricing.js';

/** The parties of a booking and its source of money. */
export interface BookingRequest {
  readonly id: string;
  readonly clientId: string;
  /** Null if the client locks the money by itself. */
  readonly walletId: string | null;
  readonly clientAddress: string;
  readonly escrowAddress: string;
  readonly durationHours: number;
  /** Trace of the request that made the booking; all that follows continues it. */
  readonly traceparent: string | null;
}

export type BookingParty = 'client' | 'provider';

/**
 * A client's claim on an offer for some hours, paid through an escrow exactly once. Each method is a row of the money
 * table: it changes the booking and returns the events for other modules. A user action that the table does not allow
 * is rejected; an external event that comes too late has no effect.
 */
@Entity('marketplace_bookings')
@Index('marketplace_bookings_by_client', ['clientId', 'id'])
@Index('marketplace_bookings_by_client_status', ['clientId', 'status'])
@Index('marketplace_bookings_by_provider', ['providerId', 'id'])
@Index('marketplace_bookings_by_due_time', ['dueAt'])
@Index('marketplace_bookings_by_status', ['status', 'id'])
@Index('marketplace_bookings_by_money', ['escrow.releaseTransaction', 'escrow.lockTransaction'])
export class Booking {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ name: 'offer_id', type: 'varchar', length: 36 }) offerId: string;
  @Column({ name: 'client_id', type: 'varchar', length: 36 }) clientId: string;
  @Column({ name: 'provider_id', type: 'varchar', length: 36 }) providerId: string;
  @Column({ name: 'wallet_id', type: 'varchar', length: 36, nullable: true }) walletId: string | null;
  @Column({ name: 'duration_hours', type: 'integer' }) durationHours: number;
  @Column({ name: 'price_per_hour', type: 'varchar', length: 78, transformer: amountColumn }) pricePerHour: bigint;
  @Column({ type: 'varchar', length: 78, transformer: amountColumn }) total: bigint;
  @Column({ type: 'varchar', length: 16 }) status: BookingStatus;
  /** When the current status times out; null if it does not. */
  @Column({ name: 'due_at', type: 'bigint', nullable: true, transformer: instant }) dueAt: Date | null;
  @Column(() => BookingEscrow, { prefix: false }) escrow: BookingEscrow;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;
  @Column({ name: 'funded_at', type: 'bigint', nullable: true, transformer: instant }) fundedAt: Date | null = null;
  @Column({ name: 'ended_at', type: 'bigint', nullable: true, transformer: instant }) endedAt: Date | null = null;
  /** Why it was cancelled, unless by the client. */
  @Column({ type: 'varchar', length: 1000, nullable: true }) failure: string | null = null;
  @Column({ name: 'disputed_by', type: 'varchar', length: 8, nullable: true }) disputedBy: BookingParty | null = null;
  @Column({ name: 'dispute_reason', type: 'varchar', length: 1000, nullable: true }) disputeReason: string | null =
    null;
  @Column({ name: 'disputed_at', type: 'bigint', nullable: true, transformer: instant }) disputedAt: Date | null = null;
  @Column({ name: 'decided_by', type: 'varchar', length: 36, nullable: true }) decidedBy: string | null = null;
  @Column({ name: 'jobs_tried', type: 'integer' }) jobsTried = 0;
  @Column({ name: 'jobs_completed', type: 'integer' }) jobsCompleted = 0;
  /** The number of tried jobs that failed because of the provider. */
  @Column({ name: 'jobs_failed', type: 'integer', default: 0 }) jobsFailed = 0;
  @Column({ type: 'varchar', length: 64, nullable: true }) traceparent: string | null;

  static request(offer: Offer, request: BookingRequest, now: Date): Booking {
    const { clientAddress, escrowAddress, ...own } = request;
    const { providerId, providerAddress, pricePerHour } = offer;
    const expiresAt = escrowExpiry(now, request.durationHours);
    return Object.assign(new Booking(), own, {
      offerId: offer.id,
      providerId,
      pricePerHour,
      total: priceOf(pricePerHour, request.durationHours),
      status: 'requested' as const,
      createdAt: now,
      dueAt: after(now, request.walletId === null ? LOCK_BY_CLIENT_WITHIN_MS : LOCK_WITHIN_MS),
      escrow: BookingEscrow.agree({ address: escrowAddress, clientAddress, providerAddress, expiresAt }),
    });
  }

  get requested(): BookingRequested {
    const { address: escrowAddress, clientAddress, providerAddress, expiresAt } = this.escrow;
    return BookingRequested.of({
      ...this.reference,
      walletId: this.walletId ?? undefined,
      clientAddress,
      providerAddress,
      escrowAddress,
      amount: this.total,
      expiresAt,
    });
  }

  /** The end of the booked time: counted from the funding, so that the client does not pay for waiting on the chain. */
  get endsAt(): Date | null {
    return this.fundedAt && after(this.fundedAt, this.durationHours * HOUR_MS);
  }

  /** The effect of the booking on its offer. */
  get hold(): OfferHold {
    if (this.status === 'active') return 'in_use';
    return this.status === 'requested' || this.status === 'funded' ? 'reserved' : 'none';
  }

  /** Whether its client still has to send the locking transaction by itself. */
  get awaitsLockByClient(): boolean {
    return this.status === 'requested' && this.walletId === null;
  }

  partyOf(userId: string): BookingParty | undefined {
    if (userId === this.clientId) return 'client';
    return userId === this.providerId ? 'provider' : undefined;
  }

  /**
   * The chain confirmed a lock under this booking's id: unless it is exactly as agreed and in time, the money is
   * refunded automatically.
   */
  lockConfirmed(lock: LockedEscrow, now: Date): Event[] {
    if (!this.escrow.is(lock)) return [refundOf(this.id, lock)];
    if (this.escrow.isLocked) return [];
    this.escrow.lock(lock);
    const inTime = this.status === 'requested' && lock.lockedAt <= this.dueAt!;
    if (inTime && this.escrow.isLockedAsAgreed(lock, this.total)) return this.fund(now);
    const ended = this.lockRefused(
      inTime ? 'The escrow was locked on other terms.' : 'The escrow was locked late.',
      now,
    );
    return [...ended, this.escrow.settle(this.id, 0n)];
  }

  lockRefused(why: string, now: Date): Event[] {
    if (this.status !== 'requested') return [];
    this.failure = why.slice(0, 1000);
    return this.end('cancelled', 'cancelled', now);
  }

  /** @throws BookingActionNotPossible once it is funded */
  refuse(reason: string | undefined, now: Date): Event[] {
    if (this.status !== 'requested') throw new BookingActionNotPossible(this.id, this.status, 'refuse');
    return this.lockRefused(`The provider refused the booking${reason ? `: ${reason}` : '.'}`, now);
  }

  /** The first job turns the reservation into use. */
  jobAssigned(): Event[] {
    if (this.status === 'funded') this.status = 'active';
    return [];
  }

  /** An outcome that says nothing about the provider does not count as tried. */
  jobFinished(outcome: JobOutcome, verdict: JobVerdict): Event[] {
    if (verdict !== 'none') this.jobsTried += 1;
    if (verdict === 'provider_failed') this.jobsFailed += 1;
    if (outcome === 'completed') this.jobsCompleted += 1;
    return [];
  }

  /** @throws BookingActionNotPossible unless its time is running */
  cancel(now: Date): Event[] {
    this.mustBeRunning('cancel', now);
    if (this.status === 'active') {
      const hours = startedHours(this.fundedAt!, now, this.durationHours);
      return this.settle(priceOf(this.pricePerHour, hours), 'cancelled', now);
    }
    // A missing job may be outdated information: the agents report the actual use, and then the money is divided.
    const ended = this.end('settling', 'cancelled', now);
    this.dueAt = after(now, CLOSE_AGAIN_MS);
    return ended;
  }

  /** The agents reported the use, which a cancelled booking waits for. */
  closed(use: BookingUse): Event[] {
    if (!this.awaitsUse) return [];
    const hours = hoursOfCancelled(this.fundedAt!, this.endedAt!, this.durationHours, use);
    this.dueAt = null;
    if (hours === 0) this.status = 'cancelled';
    return [this.escrow.settle(this.id, priceOf(this.pricePerHour, hours))];
  }

  /** @throws BookingActionNotPossible unless its time is running */
  complete(now: Date): Event[] {
    this.mustBeRunning('complete', now);
    return this.settle(this.total, 'completed', now);
  }

  /** @throws BookingActionNotPossible unless jobs may have run and the dispute window is open */
  dispute(by: BookingParty, reason: string, now: Date): Event[] {
    const open = this.status === 'active' || (this.status === 'ended' && this.dueAt! > now);
    if (!open) throw new BookingActionNotPossible(this.id, this.status, 'dispute');
    this.disputedBy = by;
    this.disputeReason = reason;
    this.disputedAt = now;
    return this.end('disputed', 'disputed', now);
  }

  /** @throws BookingActionNotPossible unless it is disputed; DecisionExceedsTotal */
  decide(providerGross: bigint, decidedBy: string, now: Date): Event[] {
    if (this.status !== 'disputed') throw new BookingActionNotPossible(this.id, this.status, 'decide');
    if (providerGross > this.total) throw new DecisionExceedsTotal(this.id);
    this.decidedBy = decidedBy;
    return this.settle(providerGross, 'disputed', now);
  }

  /** Applies the timeout of its status, once it has passed. */
  timePassed(now: Date): Event[] {
    if (this.dueAt === null || this.dueAt > now) return [];
    if (this.status === 'requested') return this.lockRefused('The escrow was not locked in time.', now);
    if (this.status === 'ended') {
      const jobs = { tried: this.jobsTried, failed: this.jobsFailed };
      return this.settle(grossAfterDisputeWindow(this.total, jobs), 'time_up', now);
    }
    if (this.awaitsUse) {
      this.dueAt = after(now, CLOSE_AGAIN_MS);
      return [this.ended('cancelled')];
    }
    const ended = this.end('ended', 'time_up', now);
    this.dueAt = after(now, DISPUTE_WINDOW_MS);
    return ended;
  }

  settlementConfirmed(settled: SettledEscrow): Event[] {
    if (!this.escrow.is(settled) || !this.escrow.isDecided || this.escrow.isPaidOut) return [];
    if (this.status === 'settling') this.status = 'settled';
    return this.paidOut(settled);
  }

  /** The client withdrew the money after the escrow had expired, whatever the booking's status. */
  escrowWithdrawn({ amount, ...withdrawn }: WithdrawnEscrow, now: Date): Event[] {
    if (!this.escrow.is(withdrawn) || !this.escrow.isLocked || this.escrow.isPaidOut) return [];
    const ended = this.end('cancelled', 'cancelled', now);
    return [...ended, ...this.paidOut({ ...withdrawn, toProvider: 0n, toTreasury: 0n, toClient: amount })];
  }

  private fund(now: Date): Event[] {
    this.status = 'funded';
    this.fundedAt = now;
    this.dueAt = this.endsAt;
    const { clientAddress, providerAddress } = this.escrow;
    return [BookingFunded.of({ ...this.reference, clientAddress, providerAddress, endsAt: this.dueAt! })];
  }

  /** Expired time counts even before the sweep has run. */
  private mustBeRunning(action: string, now: Date): void {
    const running = this.status === 'funded' || this.status === 'active';
    if (running && this.dueAt! > now) return;
    throw new BookingActionNotPossible(this.id, running ? 'ended' : this.status, action);
  }

  private settle(providerGross: bigint, reason: EndReason, now: Date): Event[] {
    return [...this.end('settling', reason, now), this.escrow.settle(this.id, providerGross)];
  }

  private get awaitsUse(): boolean {
    return this.status === 'settling' && !this.escrow.isDecided;
  }

  /** Announces once that no more jobs may run, however often the status changes afterwards. */
  private end(status: BookingStatus, reason: EndReason, now: Date): Event[] {
    this.status = status;
    this.dueAt = null;
    if (this.endedAt !== null) return [];
    this.endedAt = now;
    return [this.ended(reason)];
  }

  private ended(reason: EndReason): BookingEnded {
    return BookingEnded.of({ bookingId: this.id, reason, fundedAt: this.fundedAt ?? undefined });
  }

  private paidOut(paid: SettledEscrow): Event[] {
    this.escrow.payOut(paid);
    const { transactionHash, toProvider, toTreasury, toClient } = paid;
    return [BookingSettled.of({ ...this.reference, transactionHash, toProvider, toTreasury, toClient })];
  }

  private get reference() {
    return { bookingId: this.id, offerId: this.offerId, clientId: this.clientId, providerId: this.providerId };
  }
}
