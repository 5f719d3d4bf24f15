import { continueTrace, Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { BookingChanges } from './booking-changes.js';
import { Booking } from './booking.entity.js';

const BATCH = 200;

/** Applies expired timeouts: each booking in its own unit of work, so that one cannot block the rest. */
@Injectable()
export class SweepBookings implements OnApplicationBootstrap {
  private readonly logger = new Logger(SweepBookings.name);

  constructor(
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    private readonly changes: BookingChanges,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('sweep-bookings', { everyMs: 1000 }, () => this.sweep());
  }

  async sweep(): Promise<void> {
    const due = await this.bookings.find({
      select: { id: true, traceparent: true },
      where: { dueAt: LessThanOrEqual(this.clock.now()) },
      order: { dueAt: 'ASC' },
      take: BATCH,
    });
    for (const { id, traceparent } of due) {
      await continueTrace(traceparent ?? undefined, () =>
        this.unitOfWork.run(() => this.changes.apply(id, (booking, now) => booking.timePassed(now))),
      ).catch((error: unknown) => this.logger.error(`The time limit of booking ${id} could not be applied`, error));
    }
  }
}
