import { requirePrincipal } from '@aitbc/modulith';
import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ListBookings } from '../contract/bookings.js';
import { isOperator } from './booking-access.js';
import { toBookingView } from './booking-view.js';
import { Booking } from './booking.entity.js';

const CURSORS = new Cursors('marketplace.bookings', 'id');

@QueryHandler(ListBookings)
export class ListBookingsHandler implements IQueryHandler<ListBookings> {
  constructor(@InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>) {}

  async execute(asked: ListBookings) {
    const { status, clientId, providerId, limit = DEFAULT_PAGE_LIMIT } = asked;
    const principal = requirePrincipal();
    const search = this.bookings.createQueryBuilder('booking');
    if (!isOperator(principal)) {
      search.andWhere('(booking.clientId = :me OR booking.providerId = :me)', { me: principal.subject });
    }
    if (status) search.andWhere('booking.status = :status', { status });
    if (clientId) search.andWhere('booking.clientId = :clientId', { clientId });
    if (providerId) search.andWhere('booking.providerId = :providerId', { providerId });
    const [last] = CURSORS.position(asked) ?? [];
    if (last) search.andWhere('booking.id < :last', { last });
    // Ids are UUIDv7: they sort by request time.
    const found = await search
      .orderBy('booking.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((booking) => toBookingView(booking)),
      CURSORS.next(asked, found, limit, ({ id }) => [id]),
    );
  }
}
