import { DomainError } from '@aitbc/modulith';

export class OfferNotFound extends DomainError {
  static override readonly code = 'marketplace.offer_not_found';
  static override readonly kind = 'not_found';
  constructor(offerId: string) {
    super('There is no such offer.', { offerId });
  }
}

/** Another client booked it first, it was delisted, or it has expired. */
export class OfferUnavailable extends DomainError {
  static override readonly code = 'marketplace.offer_unavailable';
  static override readonly kind = 'conflict';
  constructor(offerId: string) {
    super('The offer is not available.', { offerId });
  }
}

/** The user would pay itself, and its own jobs would raise its reliability. */
export class OwnOffer extends DomainError {
  static override readonly code = 'marketplace.own_offer';
  static override readonly kind = 'forbidden';
  constructor(offerId: string) {
    super('A provider cannot book an offer of its own.', { offerId });
  }
}

/** No agent of the offer is online: jobs would wait for one that may never come. */
export class AgentsAway extends DomainError {
  static override readonly code = 'marketplace.agents_away';
  static override readonly kind = 'conflict';
  constructor(offerId: string) {
    super('No agent of the offer is online. To book it all the same, set withoutAgent.', {
      offerId,
      field: 'withoutAgent',
    });
  }
}

/** The address decides who pays, so a claim without proof is not enough. */
export class AddressNotProved extends DomainError {
  static override readonly code = 'marketplace.address_not_proved';
  static override readonly kind = 'unprocessable';
  constructor(why: string) {
    super(why, { field: 'proof' });
  }
}

/** The caller's version of the offer is outdated. */
export class OfferChanged extends DomainError {
  static override readonly code = 'marketplace.offer_changed';
  static override readonly kind = 'precondition_failed';
  constructor(offerId: string, version: number) {
    super('The offer has been changed meanwhile; read it again.', { offerId, version });
  }
}

export class OfferNotChangeable extends DomainError {
  static override readonly code = 'marketplace.offer_not_changeable';
  static override readonly kind = 'conflict';
  constructor(offerId: string, status: string) {
    super(`An offer that is ${status.replace('_', ' ')} cannot be changed.`, { offerId, status });
  }
}

/** The price differs from the one that the client saw. */
export class OfferPriceChanged extends DomainError {
  static override readonly code = 'marketplace.offer_price_changed';
  static override readonly kind = 'conflict';
  constructor(offerId: string, pricePerHour: string) {
    super(`The price of the offer is ${pricePerHour} AIT per hour now.`, { offerId, pricePerHour });
  }
}

export class OfferNotCancellable extends DomainError {
  static override readonly code = 'marketplace.offer_not_cancellable';
  static override readonly kind = 'conflict';
  constructor(offerId: string, status: string) {
    super(`An offer that is ${status.replace('_', ' ')} cannot be cancelled.`, { offerId, status });
  }
}

/** The booking does not exist, or the caller may not see it. */
export class BookingNotFound extends DomainError {
  static override readonly code = 'marketplace.booking_not_found';
  static override readonly kind = 'not_found';
  constructor(bookingId: string) {
    super('There is no such booking.', { bookingId });
  }
}

/** The booking's state does not allow the action, not yet or not any more. */
export class BookingActionNotPossible extends DomainError {
  static override readonly code = 'marketplace.booking_action_not_possible';
  static override readonly kind = 'conflict';
  constructor(bookingId: string, status: string, action: string) {
    super(`It is not possible to ${action} a booking that is ${status.replace('_', ' ')}.`, {
      bookingId,
      status,
      action,
    });
  }
}

/** Only the client spends the booking's money; its provider can read and dispute. */
export class OnlyClientMay extends DomainError {
  static override readonly code = 'marketplace.only_client_may';
  static override readonly kind = 'forbidden';
  constructor(bookingId: string, action: string) {
    super(`Only the client of a booking may ${action} it.`, { bookingId, action });
  }
}

/** Only its provider can reject an unfunded booking. */
export class OnlyProviderMay extends DomainError {
  static override readonly code = 'marketplace.only_provider_may';
  static override readonly kind = 'forbidden';
  constructor(bookingId: string, action: string) {
    super(`Only the provider of a booking may ${action} it.`, { bookingId, action });
  }
}

/** An operator who is a party to the booking must leave it to another. */
export class PartyCannotDecide extends DomainError {
  static override readonly code = 'marketplace.party_cannot_decide';
  static override readonly kind = 'forbidden';
  constructor(bookingId: string) {
    super('An operator who is client or provider of a booking cannot act on it as an operator.', { bookingId });
  }
}

export class DecisionExceedsTotal extends DomainError {
  static override readonly code = 'marketplace.decision_exceeds_total';
  static override readonly kind = 'unprocessable';
  constructor(bookingId: string) {
    super('providerGross is more than the booking locked.', { bookingId, field: 'providerGross' });
  }
}
