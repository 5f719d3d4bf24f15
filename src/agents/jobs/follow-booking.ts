import { currentTraceparent } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { BookingEnded, BookingFunded } from '../../marketplace/contract/index.js';
import { BookedTime } from './booked-time.entity.js';
import { JobChanges } from './job-changes.js';
import { Job } from './job.entity.js';
import { ReportClosing } from './report-closing.js';

/** Opens and closes a booking for jobs. A single handler for both events, because their order matters. */
@EventsHandler(BookingFunded, BookingEnded)
export class FollowBooking implements IEventHandler<BookingFunded | BookingEnded> {
  constructor(
    @InjectRepository(BookedTime, 'agents') private readonly bookings: Repository<BookedTime>,
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    private readonly changes: JobChanges,
    private readonly report: ReportClosing,
    private readonly clock: Clock,
  ) {}

  async handle(event: BookingFunded | BookingEnded) {
    if (event instanceof BookingFunded) await this.open(event);
    else await this.close(event);
  }

  private async open({ bookingId: id, ...booking }: BookingFunded) {
    const known = await this.bookings.findOneBy({ id });
    const traceparent = currentTraceparent() ?? null;
    // A job that arrived before this event has created the row, without the trace.
    if (known) await this.bookings.update({ id, traceparent: IsNull() }, { traceparent });
    else await this.bookings.insert(BookedTime.remember({ ...booking, id, traceparent }));
  }

  private async close({ bookingId, reason, fundedAt }: BookingEnded) {
    const booking = await this.bookings.findOneBy({ id: bookingId });
    if (!booking) return;
    booking.end(reason);
    await this.bookings.save(booking);
    const now = this.clock.now();
    const unfinished = await this.jobs.findBy({ bookingId, finishedAt: IsNull() });
    for (const job of unfinished) await this.changes.save(job, job.bookingEnded(reason, now));
    if (fundedAt) await this.report.closed(booking, fundedAt, now);
  }
}
