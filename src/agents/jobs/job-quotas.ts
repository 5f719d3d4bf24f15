import { Limits } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetJobUsage } from '../contract/jobs.js';

/**
 * What a client may have waiting and stored. Looked at before the job's unit of work: jobs handed in at the same moment do
 * not wait for each other, and may together go past a limit by as many as are in flight.
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
