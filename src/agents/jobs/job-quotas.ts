import { Limits } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetJobUsage } from '../contract/jobs.js';

/**
 * Limits a client's waiting jobs and storage. Checked before the job's unit of work, so that concurrent submissions do
 * not wait for each other; together they may exceed a limit by the number in flight.
 */
@Injectable()
export class JobQuotas {
  constructor(
    private readonly queries: QueryBus,
    private readonly limits: Limits,
  ) {}

  /**
   * @param bytes of the new job
   * @throws LimitReached
   */
  async allow(bookingId: string, bytes: number): Promise<void> {
    const { waiting, waitingOfBooking, storedBytes } = await this.queries.execute(GetJobUsage.of({ bookingId }));
    await this.limits.allow('jobs-waiting-per-user', waiting + 1);
    await this.limits.allow('jobs-waiting-per-booking', waitingOfBooking + 1);
    await this.limits.allow('stored-bytes-per-booking', storedBytes + bytes);
  }
}
