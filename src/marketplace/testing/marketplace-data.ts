import { AIT } from '@aitbc/platform';
import type { LockedEscrow } from '../bookings/booking-escrow.js';
import { Booking, type BookingRequest } from '../bookings/booking.entity.js';
import type { BookingStatus } from '../contract/bookings.js';
import { Offer, type OfferTerms } from '../offers/offer.entity.js';

export const PRICE = 2n * AIT;
export const HOURS = 3;
export const TOTAL = 6n * AIT;
export const START = new Date('2026-01-01T00:00:00.000Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const CLIENT_ADDRESS = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
export const PROVIDER_ADDRESS = '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC';
export const ESCROW_ADDRESS = '0x5FbDB2315678afecb367f032d93F642f64180aa3';
export const STRANGER_ADDRESS = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
/** The key of the stranger's address, a well-known development key. */
export const STRANGER_KEY = '0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6';

export const CLIENT = '019a0000-0000-7000-8000-00000000000c';
export const PROVIDER = '019a0000-0000-7000-8000-00000000000d';
export const OPERATOR = '019a0000-0000-7000-8000-00000000000e';
export const STRANGER = '019a0000-0000-7000-8000-00000000000f';
export const CLIENT_WALLET = '019a0000-0000-7000-8000-0000000000c1';
export const PROVIDER_WALLET = '019a0000-0000-7000-8000-0000000000d1';

export const at = (milliseconds: number) => new Date(START.getTime() + milliseconds);

export function anOffer(terms: Partial<OfferTerms> = {}): Offer {
  return Offer.list(
    {
      id: '019a0000-0000-7000-8000-000000000001',
      providerId: PROVIDER,
      walletId: PROVIDER_WALLET,
      providerAddress: PROVIDER_ADDRESS,
      gpuModel: 'NVIDIA H100 SXM',
      gpuMemoryGb: 80,
      gpuCount: 1,
      region: 'eu-west',
      capabilities: ['wasm'],
      pricePerHour: PRICE,
      expiresAt: null,
      ...terms,
    },
    START,
  );
}

export function aBooking(offer: Offer, request: Partial<BookingRequest> = {}, now = START): Booking {
  const booking = Booking.request(
    offer,
    {
      id: '019a0000-0000-7000-8000-000000000002',
      clientId: CLIENT,
      walletId: CLIENT_WALLET,
      clientAddress: CLIENT_ADDRESS,
      escrowAddress: ESCROW_ADDRESS,
      durationHours: HOURS,
      traceparent: null,
      ...request,
    },
    now,
  );
  offer.reserve(booking.id, now);
  return booking;
}

/** The lock that the booking requires, with optional deviations. */
export function lockOf(booking: Booking, other: Partial<LockedEscrow> = {}): LockedEscrow {
  return {
    escrowAddress: booking.escrow.address,
    clientAddress: booking.escrow.clientAddress,
    providerAddress: booking.escrow.providerAddress,
    amount: booking.total,
    expiresAt: booking.escrow.expiresAt,
    transactionHash: `0x${'1'.repeat(64)}`,
    lockedAt: at(MINUTE),
    ...other,
  };
}

/** The division confirmed by the chain, with the treasury's 2.5 %. */
export function settlementOf(booking: Booking) {
  const gross = booking.escrow.providerGross!;
  const toTreasury = (gross * 250n) / 10_000n;
  return {
    escrowAddress: booking.escrow.address,
    clientAddress: booking.escrow.clientAddress,
    transactionHash: `0x${'2'.repeat(64)}`,
    toProvider: gross - toTreasury,
    toTreasury,
    toClient: booking.escrow.lockedAmount! - gross,
  };
}

const PATHS: Record<BookingStatus, (booking: Booking) => void> = {
  requested: () => undefined,
  funded: (booking) => void booking.lockConfirmed(lockOf(booking), START),
  active: (booking) => {
    PATHS.funded(booking);
    booking.jobAssigned();
  },
  ended: (booking) => {
    PATHS.active(booking);
    booking.timePassed(at(HOURS * HOUR));
  },
  disputed: (booking) => {
    PATHS.active(booking);
    booking.dispute('client', 'nothing worked', at(HOUR));
  },
  settling: (booking) => {
    PATHS.active(booking);
    booking.complete(at(HOUR));
  },
  settled: (booking) => {
    PATHS.settling(booking);
    booking.settlementConfirmed(settlementOf(booking));
  },
  cancelled: (booking) => {
    PATHS.funded(booking);
    booking.cancel(at(HOUR));
    booking.closed({ jobsTaken: false, agentWasOnline: false });
  },
};

/** A booking made at START (and funded then, if funded) in the given status, and its offer. */
export function inStatus(status: BookingStatus): { booking: Booking; offer: Offer } {
  const offer = anOffer();
  const booking = aBooking(offer);
  PATHS[status](booking);
  offer.follow(booking.id, booking.hold === 'none' ? 'none' : 'reserved', START);
  offer.follow(booking.id, booking.hold, START);
  return { booking, offer };
}
