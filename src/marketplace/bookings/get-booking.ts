import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetLockInstructions } from '../../wallet/contract/index.js';
import { GetBooking, LockCallView } from '../contract/bookings.js';
import { BookingNotFound } from '../contract/errors.js';
import { mustBeReader } from './booking-access.js';
import { toBookingView } from './booking-view.js';
import { Booking } from './booking.entity.js';

@QueryHandler(GetBooking)
export class GetBookingHandler implements IQueryHandler<GetBooking> {
  constructor(
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    private readonly queries: QueryBus,
  ) {}

  async execute({ bookingId }: GetBooking) {
    const principal = requirePrincipal();
    const booking = await this.bookings.findOneBy({ id: bookingId });
    if (!booking) throw new BookingNotFound(bookingId);
    mustBeReader(booking, principal);
    return toBookingView(booking, booking.awaitsLockByClient ? await this.lockCall(booking) : null);
  }

  private async lockCall({ id: bookingId, total: amount, escrow }: Booking): Promise<LockCallView> {
    const { providerAddress, expiresAt } = escrow;
    const asked = GetLockInstructions.of({ bookingId, providerAddress, amount, expiresAt });
    const { to, data, value, chainId } = await this.queries.execute(asked);
    return LockCallView.of({ to, data, value: value.toString(), chainId });
  }
}
