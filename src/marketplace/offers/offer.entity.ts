import { amountColumn, instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { OfferChanged, OfferNotCancellable, OfferNotChangeable, OfferUnavailable } from '../contract/errors.js';
import type { OfferStatus } from '../contract/offers.js';

/** The effect of a booking in progress on its offer. */
export type OfferHold = 'reserved' | 'in_use' | 'none';

export interface OfferTerms {
  readonly id: string;
  readonly providerId: string;
  readonly walletId: string;
  readonly providerAddress: string;
  readonly gpuModel: string;
  readonly gpuMemoryGb: number;
  readonly gpuCount: number;
  readonly region: string;
  readonly capabilities: string[];
  /** Base units. */
  readonly pricePerHour: bigint;
  readonly expiresAt: Date | null;
}

/** A provider's GPU at a price per hour. At most one booking holds it at a time; delisted and expired are final. */
@Entity('marketplace_offers')
@Index('marketplace_offers_by_price', ['status', 'pricePerHour', 'id'])
@Index('marketplace_offers_by_age', ['status', 'createdAt', 'id'])
@Index('marketplace_offers_by_expiry', ['expiresAt'])
@Index('marketplace_offers_by_provider', ['providerId', 'status'])
export class Offer {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ name: 'provider_id', type: 'varchar', length: 36 }) providerId: string;
  @Column({ name: 'wallet_id', type: 'varchar', length: 36 }) walletId: string;
  @Column({ name: 'provider_address', type: 'varchar', length: 42 }) providerAddress: string;
  @Column({ name: 'gpu_model', type: 'varchar', length: 64 }) gpuModel: string;
  @Column({ name: 'gpu_memory_gb', type: 'integer' }) gpuMemoryGb: number;
  @Column({ name: 'gpu_count', type: 'integer' }) gpuCount: number;
  @Column({ type: 'varchar', length: 32 }) region: string;
  @Column({ type: 'text', transformer: jsonColumn }) capabilities: string[];
  @Column({ name: 'price_per_hour', type: 'varchar', length: 78, transformer: amountColumn }) pricePerHour: bigint;
  @Column({ type: 'varchar', length: 16 }) status: OfferStatus;
  /** The booking that currently holds it. */
  @Column({ name: 'booking_id', type: 'varchar', length: 36, nullable: true }) bookingId: string | null;
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;
  @Column({ name: 'expires_at', type: 'bigint', nullable: true, transformer: instant }) expiresAt: Date | null;

  static list(terms: OfferTerms, now: Date): Offer {
    return Object.assign(new Offer(), terms, { status: 'available', bookingId: null, version: 1, createdAt: now });
  }

  /** @throws OfferUnavailable unless it is available and has not expired */
  reserve(bookingId: string, now: Date): void {
    if (this.status !== 'available' || this.hasExpired(now)) throw new OfferUnavailable(this.id);
    this.bookingId = bookingId;
    this.become('reserved');
  }

  /** Follows the booking that holds it: from reserved to in use, and back on the market. Ignores other bookings. */
  follow(bookingId: string, hold: OfferHold, now: Date): void {
    if (this.bookingId !== bookingId || hold === this.status) return;
    if (hold !== 'none') return this.become(hold);
    this.bookingId = null;
    this.become(this.status === 'reserved' && this.hasExpired(now) ? 'expired' : 'available');
  }

  /** @throws OfferChanged if it has none of these versions; OfferNotChangeable unless it is available */
  assertChangeable(versions: readonly number[] | undefined): void {
    if (versions && !versions.includes(this.version)) throw new OfferChanged(this.id, this.version);
    if (this.status !== 'available') throw new OfferNotChangeable(this.id, this.status);
  }

  price(pricePerHour: bigint): void {
    if (pricePerHour === this.pricePerHour) return;
    this.pricePerHour = pricePerHour;
    this.version += 1;
  }

  /** @throws OfferNotCancellable unless it is available */
  cancel(): void {
    if (this.status !== 'available') throw new OfferNotCancellable(this.id, this.status);
    this.become('delisted');
  }

  /** A held offer outlives its expiry until its booking releases it. */
  expire(now: Date): void {
    if (this.status === 'available' && this.hasExpired(now)) this.become('expired');
  }

  private hasExpired(now: Date): boolean {
    return this.expiresAt !== null && this.expiresAt <= now;
  }

  private become(status: OfferStatus): void {
    this.status = status;
    this.version += 1;
  }
}
