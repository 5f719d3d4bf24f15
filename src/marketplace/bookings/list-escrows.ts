import { Forbidden, requirePrincipal } from '@aitbc/modulith';
import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { EscrowView, ListEscrows } from '../contract/escrows.js';
import { isOperator } from './booking-access.js';
import { toPayoutView } from './booking-view.js';
import { Booking } from './booking.entity.js';

const CURSORS = new Cursors('marketplace.escrows', 'id');

@QueryHandler(ListEscrows)
export class ListEscrowsHandler implements IQueryHandler<ListEscrows> {
  constructor(@InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>) {}

  async execute(asked: ListEscrows) {
    const { state, clientId, providerId, limit = DEFAULT_PAGE_LIMIT } = asked;
    if (!isOperator(requirePrincipal())) throw new Forbidden();
    const search = this.bookings.createQueryBuilder('booking').where('booking.escrow.lockTransaction IS NOT NULL');
    if (state) search.andWhere(`booking.escrow.releaseTransaction IS ${state === 'open' ? 'NULL' : 'NOT NULL'}`);
    if (clientId) search.andWhere('booking.clientId = :clientId', { clientId });
    if (providerId) search.andWhere('booking.providerId = :providerId', { providerId });
    const [last] = CURSORS.position(asked) ?? [];
    if (last) search.andWhere('booking.id < :last', { last });
    const found = await search
      .orderBy('booking.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map(toEscrowView),
      CURSORS.next(asked, found, limit, ({ id }) => [id]),
    );
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
