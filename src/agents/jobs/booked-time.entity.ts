import { instant } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { BookingNotOpen, OnlyClientMaySubmit } from '../contract/errors.js';

export interface FundedBooking {
  readonly id: string;
  readonly offerId: string;
  readonly clientId: string;
  readonly providerId: string;
  readonly clientAddress: string;
  readonly providerAddress: string;
  readonly endsAt: Date;
  /** Trace of the request that made the booking, which its jobs continue. */
  readonly traceparent: string | null;
}

/** This module's copy of a funded booking: who may submit jobs, and until when. */
@Entity('agents_bookings')
export class BookedTime {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ name: 'offer_id', type: 'varchar', length: 36 }) offerId: string;
  @Column({ name: 'client_id', type: 'varchar', length: 36 }) clientId: string;
  @Column({ name: 'provider_id', type: 'varchar', length: 36 }) providerId: string;
  @Column({ name: 'client_address', type: 'varchar', length: 42 }) clientAddress: string;
  @Column({ name: 'provider_address', type: 'varchar', length: 42 }) providerAddress: string;
  @Column({ name: 'ends_at', type: 'bigint', transformer: instant }) endsAt: Date;
  /** Why it takes no more jobs: the marketplace's reason. */
  @Column({ name: 'end_reason', type: 'varchar', length: 16, nullable: true }) endReason: string | null = null;
  @Column({ type: 'varchar', length: 64, nullable: true }) traceparent: string | null;

  static remember(booking: FundedBooking): BookedTime {
    return Object.assign(new BookedTime(), booking);
  }

  end(reason: string): void {
    this.endReason ??= reason;
  }

  /** @throws OnlyClientMaySubmit for its provider, BookingNotOpen after its end */
  mustAcceptJobFrom(userId: string, now: Date): void {
    if (userId !== this.clientId) throw new OnlyClientMaySubmit(this.id);
    if (this.endReason) throw new BookingNotOpen(this.id, this.endReason.replace('_', ' '));
    if (now >= this.endsAt) throw new BookingNotOpen(this.id, 'over');
  }
}
