import { defineContract, durable } from '@aitbc/modulith';
import { BookingClosed, JobAssigned, JobFinished } from '../../agents/contract/events.js';
import { AccountDeleted } from '../../gateway/contract/account-deletion.js';
import { EscrowLocked, EscrowLockFailed, EscrowSettled, EscrowWithdrawn } from '../../wallet/contract/events.js';
import {
  AddressChallengeView,
  AddressProofView,
  GetAddressChallenge,
  RequestAddressChallenge,
} from './address-proofs.js';
import { MarketplaceAudited } from './audited.js';
import {
  BookingDisputeView,
  BookingEscrowView,
  BookingPayoutView,
  BookingView,
  BookOffer,
  CancelBooking,
  CompleteBooking,
  DecideBooking,
  DisputeBooking,
  DisputeForClient,
  GetBooking,
  ListBookings,
  LockCallView,
  RefuseBooking,
} from './bookings.js';
import { ESCROW_STATES, type EscrowState, EscrowView, ListEscrows } from './escrows.js';
import {
  AddressNotProved,
  AgentsAway,
  BookingActionNotPossible,
  BookingNotFound,
  DecisionExceedsTotal,
  OfferChanged,
  OfferNotCancellable,
  OfferNotChangeable,
  OfferNotFound,
  OfferPriceChanged,
  OfferUnavailable,
  OnlyClientMay,
  OnlyProviderMay,
  OwnOffer,
  PartyCannotDecide,
} from './errors.js';
import {
  BookingChanged,
  BookingEnded,
  BookingFunded,
  BookingRequested,
  BookingSettled,
  OffersChanged,
  SettlementDue,
} from './events.js';
import { CancelOffer, ChangeOffer, CreateOffer, GetOffer, ListOffers, OfferView } from './offers.js';
import { GetMarketplaceSummary, MarketplaceSummaryView } from './summary.js';

export { AddressChallengeView, AddressProofView, GetAddressChallenge, RequestAddressChallenge };
export { MarketplaceAudited } from './audited.js';
export {
  BOOKING_STATUSES,
  BookingDisputeView,
  BookingEscrowView,
  BookingPayoutView,
  type BookingStatus,
  BookingView,
  BookOffer,
  CancelBooking,
  CompleteBooking,
  DecideBooking,
  DisputeBooking,
  DisputeForClient,
  GetBooking,
  ListBookings,
  LockCallView,
  RefuseBooking,
} from './bookings.js';
export { ESCROW_STATES, type EscrowState, EscrowView, ListEscrows };
export {
  AddressNotProved,
  AgentsAway,
  BookingActionNotPossible,
  BookingNotFound,
  DecisionExceedsTotal,
  OfferChanged,
  OfferNotCancellable,
  OfferNotChangeable,
  OfferNotFound,
  OfferPriceChanged,
  OfferUnavailable,
  OnlyClientMay,
  OnlyProviderMay,
  OwnOffer,
  PartyCannotDecide,
} from './errors.js';
export {
  BookingChanged,
  BookingEnded,
  BookingFunded,
  BookingRequested,
  BookingSettled,
  END_REASONS,
  type EndReason,
  OffersChanged,
  SettlementDue,
} from './events.js';
export {
  CancelOffer,
  ChangeOffer,
  CreateOffer,
  GetOffer,
  ListOffers,
  OFFER_SORTS,
  OFFER_STATUSES,
  type OfferSort,
  type OfferStatus,
  OfferView,
} from './offers.js';
export { GetMarketplaceSummary, MarketplaceSummaryView } from './summary.js';

export const marketplaceContract = defineContract('marketplace', {
  commands: [
    CreateOffer,
    ChangeOffer,
    CancelOffer,
    RequestAddressChallenge,
    BookOffer,
    RefuseBooking,
    CancelBooking,
    CompleteBooking,
    DisputeBooking,
    DisputeForClient,
    DecideBooking,
  ],
  queries: [GetOffer, ListOffers, GetAddressChallenge, GetBooking, ListBookings, ListEscrows, GetMarketplaceSummary],
  events: [
    BookingRequested,
    BookingFunded,
    BookingEnded,
    SettlementDue,
    BookingSettled,
    BookingChanged,
    OffersChanged,
    MarketplaceAudited,
  ],
  views: [
    OfferView,
    AddressChallengeView,
    AddressProofView,
    BookingView,
    BookingEscrowView,
    BookingPayoutView,
    BookingDisputeView,
    LockCallView,
    EscrowView,
    MarketplaceSummaryView,
  ],
  errors: [
    OfferNotFound,
    OfferPriceChanged,
    OfferUnavailable,
    OfferChanged,
    OfferNotCancellable,
    OfferNotChangeable,
    BookingNotFound,
    BookingActionNotPossible,
    OnlyClientMay,
    OnlyProviderMay,
    OwnOffer,
    AgentsAway,
    AddressNotProved,
    PartyCannotDecide,
    DecisionExceedsTotal,
  ],
  subscribes: [
    durable('FundBooking', EscrowLocked),
    durable('CancelUnfundedBooking', EscrowLockFailed),
    durable('RecordSettlement', EscrowSettled),
    durable('RecordWithdrawal', EscrowWithdrawn),
    durable('ActivateBooking', JobAssigned),
    durable('CountJob', JobFinished),
    durable('SettleCancelled', BookingClosed),
    durable('DelistOffers', AccountDeleted),
  ],
});
