import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BookingNotFound, type BookingView, GetBooking } from '../../marketplace/contract/index.js';
import { BookingNotOpen } from '../contract/errors.js';
import { IsBookingKnown } from '../contract/jobs.js';
import { BookedTime } from './booked-time.entity.js';
import { JobQuotas } from './job-quotas.js';

/** Finds the funded booking of a job. */
@Injectable()
export class BookedTimes {
  constructor(
    @InjectRepository(BookedTime, 'agents') private readonly bookings: Repository<BookedTime>,
    private readonly queries: QueryBus,
    private readonly quotas: JobQuotas,
  ) {}

  /**
   * The booking for an additional job, in a unit of work.
   * @param bytes of the job
   * @throws LimitReached, and the errors of `get`
   */
  async forJob(bookingId: string, userId: string, bytes: number): Promise<BookedTime> {
    await this.quotas.allow(bookingId, bytes);
    return this.get(bookingId, userId);
  }

  /**
   * The booking, in a unit of work. A client may see a booking as funded a moment before this module does: it then
   * queries the marketplace. Call it before any other use of a repository.
   *
   * @throws BookingNotFound if the user is not a party to it, BookingNotOpen if its money is not locked
   */
  private async get(bookingId: string, userId: string): Promise<BookedTime> {
    if (await this.queries.execute(IsBookingKnown.of({ bookingId }))) {
      const known = await this.bookings.findOneByOrFail({ id: bookingId });
      const isParty = userId === known.clientId || userId === known.providerId;
      if (!isParty) throw new BookingNotFound(bookingId);
      return known;
    }
    const fresh = fromView(await this.queries.execute(GetBooking.of({ bookingId })));
    // The event may have arrived meanwhile.
    const known = await this.bookings.findOneBy({ id: bookingId });
    return known ?? this.bookings.save(fresh);
  }
}

function fromView(view: BookingView): BookedTime {
  const { id, offerId, clientId, providerId, clientAddress, providerAddress, endsAt, status } = view;
  const open = status === 'funded' || status === 'active';
  if (!open || !endsAt) throw new BookingNotOpen(id, status);
  return BookedTime.remember({
    id,
    offerId,
    clientId,
    providerId,
    clientAddress,
    providerAddress,
    endsAt,
    traceparent: null,
  });
}
