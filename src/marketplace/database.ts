import { defineDatabase } from '@aitbc/modulith';
import { AddressChallenge } from './address-proofs/address-challenge.entity.js';
import { Booking } from './bookings/booking.entity.js';
import { CreateOffersAndBookings1764000000000 } from './migrations/1764000000000-create-offers-and-bookings.js';
import { IndexOpenBookings1764300000000 } from './migrations/1764300000000-index-open-bookings.js';
import { FindBookings1764300300000 } from './migrations/1764300300000-find-bookings.js';
import { IndexOffersByProvider1765107000001 } from './migrations/1765107000001-index-offers-by-provider.js';
import { CountFailedJobs1765107000002 } from './migrations/1765107000002-count-failed-jobs.js';
import { AddressChallenges1765107000003 } from './migrations/1765107000003-address-challenges.js';
import { Offer } from './offers/offer.entity.js';

export const marketplaceDatabase = defineDatabase({
  module: 'marketplace',
  entities: [Offer, Booking, AddressChallenge],
  migrations: [
    CreateOffersAndBookings1764000000000,
    FindBookings1764300300000,
    IndexOpenBookings1764300000000,
    IndexOffersByProvider1765107000001,
    CountFailedJobs1765107000002,
    AddressChallenges1765107000003,
  ],
});
