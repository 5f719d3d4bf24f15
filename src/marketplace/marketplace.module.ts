import { ModulithModule } from '@aitbc/modulith';
import { CachingModule } from '@aitbc/platform';
import { Module } from '@nestjs/common';
import { AddressProofs } from './address-proofs/address-proofs.js';
import { ForgetChallenges } from './address-proofs/forget-challenges.js';
import { GetAddressChallengeHandler } from './address-proofs/get-address-challenge.js';
import { RequestAddressChallengeHandler } from './address-proofs/request-address-challenge.js';
import { BookingMetrics } from './booking-metrics.js';
import { ActivateBooking } from './bookings/activate-booking.js';
import { AnnounceBookingChanges } from './bookings/announce-booking-changes.js';
import { BookOfferHandler } from './bookings/book-offer.js';
import { BookingChanges } from './bookings/booking-changes.js';
import { CancelBookingHandler } from './bookings/cancel-booking.js';
import { CancelUnfundedBooking } from './bookings/cancel-unfunded-booking.js';
import { CompleteBookingHandler } from './bookings/complete-booking.js';
import { CountJob } from './bookings/count-job.js';
import { DecideBookingHandler } from './bookings/decide-booking.js';
import { DisputeBookingHandler } from './bookings/dispute-booking.js';
import { DisputeForClientHandler } from './bookings/dispute-for-client.js';
import { FundBooking } from './bookings/fund-booking.js';
import { GetBookingHandler } from './bookings/get-booking.js';
import { ListBookingsHandler } from './bookings/list-bookings.js';
import { ListEscrowsHandler } from './bookings/list-escrows.js';
import { OperatorChanges } from './bookings/operator-changes.js';
import { Payers } from './bookings/payers.js';
import { RecordSettlement } from './bookings/record-settlement.js';
import { RecordWithdrawal } from './bookings/record-withdrawal.js';
import { RefuseBookingHandler } from './bookings/refuse-booking.js';
import { SettleCancelled } from './bookings/settle-cancelled.js';
import { SweepBookings } from './bookings/sweep-bookings.js';
import { UnfundedHolds } from './bookings/unfunded-holds.js';
import { marketplaceContract } from './contract/index.js';
import { marketplaceDatabase } from './database.js';
import { EscrowCheck } from './escrow-check.js';
import { MarketplaceCounts } from './marketplace-counts.js';
import { AgentsOfOffers } from './offers/agents-of-offers.js';
import { CancelOfferHandler } from './offers/cancel-offer.js';
import { ChangeOfferHandler } from './offers/change-offer.js';
import { CreateOfferHandler } from './offers/create-offer.js';
import { DelistOffers } from './offers/delist-offers.js';
import { ExpireOffers } from './offers/expire-offers.js';
import { GetOfferHandler } from './offers/get-offer.js';
import { ListOffersHandler } from './offers/list-offers.js';
import { AnnounceOfferChanges, ForgetOfferSearches } from './offers/offer-searches.js';
import { GetMarketplaceSummaryHandler } from './summarise-marketplace.js';

const offers = [
  AgentsOfOffers,
  AnnounceOfferChanges,
  CreateOfferHandler,
  CancelOfferHandler,
  ChangeOfferHandler,
  GetOfferHandler,
  ListOffersHandler,
  ExpireOffers,
  ForgetOfferSearches,
];
const bookings = [
  BookingChanges,
  AnnounceBookingChanges,
  Payers,
  UnfundedHolds,
  AddressProofs,
  GetAddressChallengeHandler,
  RequestAddressChallengeHandler,
  ForgetChallenges,
  BookOfferHandler,
  RefuseBookingHandler,
  CancelBookingHandler,
  CompleteBookingHandler,
  DisputeBookingHandler,
  OperatorChanges,
  DisputeForClientHandler,
  DecideBookingHandler,
  GetBookingHandler,
  ListBookingsHandler,
  ListEscrowsHandler,
  SweepBookings,
];
const reactions = [
  FundBooking,
  CancelUnfundedBooking,
  RecordSettlement,
  RecordWithdrawal,
  ActivateBooking,
  CountJob,
  SettleCancelled,
  DelistOffers,
];
const numbers = [MarketplaceCounts, EscrowCheck, BookingMetrics, GetMarketplaceSummaryHandler];

@Module({
  imports: [ModulithModule.forModule(marketplaceContract, marketplaceDatabase), CachingModule],
  providers: [...offers, ...bookings, ...reactions, ...numbers],
})
export class MarketplaceModule {}
