import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { IsBookingKnown } from '../contract/jobs.js';
import { BookedTime } from './booked-time.entity.js';

@QueryHandler(IsBookingKnown)
export class IsBookingKnownHandler implements IQueryHandler<IsBookingKnown> {
  constructor(@InjectRepository(BookedTime, 'agents') private readonly bookings: Repository<BookedTime>) {}

  execute({ bookingId }: IsBookingKnown) {
    return this.bookings.existsBy({ id: bookingId });
  }
}
