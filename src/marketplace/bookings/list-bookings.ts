import { requirePrincipal, ValidationFailed } from '@aitbc/modulith';
import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { Repository } from 'typeorm';
import { ListBookings } from '../contract/bookings.js';
import { isOperator } from './booking-access.js';
import { toBookingView } from './booking-view.js';
import { Booking } from './booking.entity.js';

@QueryHandler(ListBookings)
export class ListBookingsHandler implements IQueryHandler<ListBookings> {
  constructor(@InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>) {}

  async execute({ status, clientId, providerId, cursor, limit = DEFAULT_PAGE_LIMIT }: ListBookings) {
    const principal = requirePrincipal();
    const search = this.bookings.createQueryBuilder('booking');
    if (!isOperator(principal)) {
      search.andWhere('(booking.clientId = :me OR booking.providerId = :me)', { me: principal.subject });
    }
    if (status) search.andWhere('booking.status = :status', { status });
    if (clientId) search.andWhere('booking.clientId = :clientId', { clientId });
    if (providerId) search.andWhere('booking.providerId = :providerId', { providerId });
    if (cursor) search.andWhere('booking.id < :last', { last: lastOf(cursor) });
    // Ids are UUIDv7: their order is the order of the requests.
    const found = await search
      .orderBy('booking.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const next = found.length > limit ? encodeCursor([shown.at(-1)!.id]) : null;
    return Page.of(
      shown.map((booking) => toBookingView(booking)),
      next,
    );
  }
}

/** @throws ValidationFailed when it is the cursor of another list */
export function lastOf(cursor: string): string {
  const [last] = decodeCursor(cursor);
  if (isUUID(last)) return last as string;
  throw new ValidationFailed([{ field: 'cursor', message: 'cursor must come from a page of bookings' }]);
}
