import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { AgentsOfOffers } from '../agents/agents-of-offers.js';
import { BookingClosed } from '../contract/events.js';
import type { BookedTime } from './booked-time.entity.js';
import { Job } from './job.entity.js';

/**
 * Reports the use of a booking that takes no more jobs. Only this module knows it for certain: the marketplace's
 * information on jobs may be outdated. Part of the caller's unit of work.
 */
@Injectable()
export class ReportClosing {
  constructor(
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    private readonly agents: AgentsOfOffers,
    private readonly events: EventBus,
  ) {}

  async closed({ id: bookingId, offerId }: BookedTime, fundedAt: Date, now: Date): Promise<void> {
    const jobsTaken = await this.jobs.existsBy({ bookingId, agentId: Not(IsNull()) });
    const { lastSeenAt } = await this.agents.ofOffer(offerId, now);
    const agentWasOnline = jobsTaken || (lastSeenAt !== null && lastSeenAt >= fundedAt);
    this.events.publish(BookingClosed.of({ bookingId, jobsTaken, agentWasOnline }));
  }
}
