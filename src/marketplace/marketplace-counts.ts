import { StatusCounts } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Booking } from './bookings/booking.entity.js';
import type { BookingStatus } from './contract/bookings.js';
import type { OfferStatus } from './contract/offers.js';
import { Offer } from './offers/offer.entity.js';

/** The numbers of offers and bookings, for the overview and for Prometheus. */
@Injectable()
export class MarketplaceCounts {
  private readonly offers: StatusCounts<OfferStatus>;
  private readonly bookings: StatusCounts<BookingStatus>;

  constructor(
    @InjectRepository(Offer, 'marketplace') offers: Repository<Offer>,
    @InjectRepository(Booking, 'marketplace') bookings: Repository<Booking>,
  ) {
    this.offers = new StatusCounts(offers, ['available', 'reserved', 'in_use'], ['delisted', 'expired']);
    this.bookings = new StatusCounts(
      bookings,
      ['requested', 'funded', 'active', 'ended', 'disputed', 'settling'],
      ['settled', 'cancelled'],
    );
  }

  offersByStatus(): Promise<Record<OfferStatus, number>> {
    return this.offers.get();
  }

  bookingsByStatus(): Promise<Record<BookingStatus, number>> {
    return this.bookings.get();
  }
}
