import type { Principal } from '@aitbc/modulith';
import { BookingNotFound, OnlyClientMay, OnlyProviderMay } from '../contract/errors.js';
import type { Booking, BookingParty } from './booking.entity.js';

export function isOperator({ roles }: Principal): boolean {
  return roles.includes('operator') || roles.includes('admin');
}

/** @throws BookingNotFound for others: a booking's existence is known to its parties only */
export function mustBeParty(booking: Booking, { subject }: Principal): BookingParty {
  const party = booking.partyOf(subject);
  if (!party) throw new BookingNotFound(booking.id);
  return party;
}

/** @throws BookingNotFound for strangers, OnlyClientMay for the provider */
export function mustBeClient(booking: Booking, principal: Principal, action: string): void {
  if (mustBeParty(booking, principal) !== 'client') throw new OnlyClientMay(booking.id, action);
}

/** @throws BookingNotFound for strangers, OnlyProviderMay for the client */
export function mustBeProvider(booking: Booking, principal: Principal, action: string): void {
  if (mustBeParty(booking, principal) !== 'provider') throw new OnlyProviderMay(booking.id, action);
}

/** Allows its parties and operators. @throws BookingNotFound */
export function mustBeReader(booking: Booking, principal: Principal): void {
  if (!isOperator(principal)) mustBeParty(booking, principal);
}
