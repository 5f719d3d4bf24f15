import { Forbidden, requirePrincipal } from '@aitbc/modulith';
import { DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { EscrowView, ListEscrows } from '../contract/escrows.js';
import { isOperator } from './booking-access.js';
import { toPayoutView } from './booking-view.js';
import { Booking } from './booking.entity.js';
import { lastOf } from './list-bookings.js';

@QueryHandler(ListEscrows)
export class ListEscrowsHandler implements IQueryHandler<ListEscrows> {
  constructor(@InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>) {}

  async execute({ state, clientId, providerId, cursor, limit = DEFAULT_PAGE_LIMIT }: ListEscrows) {
    if (!isOperator(requirePrincipal())) throw new Forbidden();
    const search = this.bookings.createQueryBuilder('booking').where('booking.escrow.lockTransaction IS NOT NULL');
    if (state) search.andWhere(`booking.escrow.releaseTransaction IS ${state === 'open' ? 'NULL' : 'NOT NULL'}`);
    if (clientId) search.andWhere('booking.clientId = :clientId', { clientId });
    if (providerId) search.andWhere('booking.providerId = :providerId', { providerId });
    if (cursor) search.andWhere('booking.id < :last', { last: lastOf(cursor) });
    const found = await search
      .orderBy('booking.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const next = found.length > limit ? encodeCursor([shown.at(-1)!.id]) : null;
    return Page.of(shown.map(toEscrowView), next);
  }
}

function toEscrowView({ id, status, clientId, providerId, escrow }: Booking): EscrowView {
  const { address, clientAddress, providerAddress, expiresAt, releaseTransaction, providerGross } = escrow;
  return EscrowView.of({
    bookingId: id,
    bookingStatus: status,
    state: escrow.isPaidOut ? 'settled' : 'open',
    clientId,
    providerId,
    address,
    clientAddress,
    providerAddress,
    locked: escrow.lockedAmount!,
    providerGross,
    payout: toPayoutView(escrow),
    lockTransaction: escrow.lockTransaction!,
    releaseTransaction,
    expiresAt,
  });
}
