import { OfferNotCancellable, OfferUnavailable } from '../contract/errors.js';
import { anOffer, at, DAY, START } from '../testing/marketplace-data.js';
import type { Offer } from './offer.entity.js';

const [BOOKING, OTHER_BOOKING] = ['booking-1', 'booking-2'];

function held(hold: 'reserved' | 'in_use', expiresAt: Date | null = null): Offer {
  const offer = anOffer({ expiresAt });
  offer.reserve(BOOKING, START);
  offer.follow(BOOKING, hold, START);
  return offer;
}

describe('when the offer is available', () => {
  it('is reserved for the first who books it', () => {
    expect(held('reserved')).toMatchObject({ status: 'reserved', bookingId: BOOKING });
  });

  it('can be cancelled, for good', () => {
    const offer = anOffer();
    offer.cancel();
    expect(offer.status).toBe('delisted');
    expect(() => offer.reserve(BOOKING, START)).toThrow(OfferUnavailable);
  });

  it('expires when its time has come, and is not booked even before the sweep', () => {
    const offer = anOffer({ expiresAt: at(DAY) });
    expect(() => offer.reserve(BOOKING, at(DAY))).toThrow(OfferUnavailable);
    offer.expire(at(DAY - 1));
    expect(offer.status).toBe('available');
    offer.expire(at(DAY));
    expect(offer.status).toBe('expired');
  });
});

describe.each(['reserved', 'in_use'] as const)('when the offer is %s', (hold) => {
  it('refuses a second booking', () => {
    const offer = held(hold);
    expect(() => offer.reserve(OTHER_BOOKING, START)).toThrow(OfferUnavailable);
    expect(offer.bookingId).toBe(BOOKING);
  });

  it('refuses to be cancelled', () => {
    expect(() => held(hold).cancel()).toThrow(OfferNotCancellable);
  });

  it('does not expire under its booking', () => {
    const offer = held(hold, at(DAY));
    offer.expire(at(2 * DAY));
    expect(offer.status).toBe(hold);
  });

  it('is available again when its booking lets go', () => {
    const offer = held(hold);
    offer.follow(BOOKING, 'none', START);
    expect(offer).toMatchObject({ status: 'available', bookingId: null });
  });

  it('does not follow a booking that once held it', () => {
    const offer = held(hold);
    offer.follow(OTHER_BOOKING, 'none', START);
    expect(offer).toMatchObject({ status: hold, bookingId: BOOKING });
  });
});

it('expires at once when its booking lets go after its time', () => {
  const offer = held('reserved', at(DAY));
  offer.follow(BOOKING, 'none', at(DAY));
  expect(offer.status).toBe('expired');
});

it('counts a version with each change and none without one', () => {
  const offer = held('in_use');
  expect(offer.version).toBe(3);
  offer.follow(BOOKING, 'in_use', START);
  expect(offer.version).toBe(3);
});
