import { continueTrace, type Event } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BookingMetrics } from '../booking-metrics.js';
import { BookingNotFound } from '../contract/errors.js';
import { Offer } from '../offers/offer.entity.js';
import { Booking } from './booking.entity.js';

/**
 * Changes a booking: loads it, applies the decision, and saves booking, offer and events together. Part of the caller's
 * unit of work.
 */
@Injectable()
export class BookingChanges {
  constructor(
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly metrics: BookingMetrics,
  ) {}

  /** Stores a new booking and reserves its offer. */
  async open(booking: Booking, offer: Offer): Promise<void> {
    await this.offers.save(offer);
    await this.bookings.insert(booking);
    this.events.publish(booking.requested);
  }

  /** @throws BookingNotFound */
  async apply(bookingId: string, decide: (booking: Booking, now: Date) => Event[]): Promise<Booking> {
    const booking = await this.bookings.findOneBy({ id: bookingId });
    if (!booking) throw new BookingNotFound(bookingId);
    const holdBefore = booking.hold;
    const now = this.clock.now();
    const events = decide(booking, now);
    await this.bookings.save(booking);
    this.metrics.happened(events);
    if (booking.hold !== holdBefore) await this.moveOffer(booking, now);
    continueTrace(booking.traceparent ?? undefined, () => events.forEach((event) => void this.events.publish(event)));
    return booking;
  }

  /** For external reports, whose booking id may never have existed. */
  async applyIfKnown(bookingId: string, decide: (booking: Booking, now: Date) => Event[]): Promise<void> {
    await this.apply(bookingId, decide).catch((error: unknown) => {
      if (!(error instanceof BookingNotFound)) throw error;
    });
  }

  private async moveOffer(booking: Booking, now: Date): Promise<void> {
    const offer = await this.offers.findOneByOrFail({ id: booking.offerId });
    offer.follow(booking.id, booking.hold, now);
    await this.offers.save(offer);
  }
}
