import { continueTrace, type Event } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AgentMetrics } from '../agent-metrics.js';
import { JobFinished } from '../contract/events.js';
import { Job } from './job.entity.js';

/** Stores what happened to a job and publishes it, in the trace of the booking that the job belongs to. */
@Injectable()
export class JobChanges {
  constructor(
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    private readonly events: EventBus,
    private readonly metrics: AgentMetrics,
  ) {}

  find(jobId: string): Promise<Job | null> {
    return this.jobs.findOneBy({ id: jobId });
  }

  async save(job: Job, happened: Event[]): Promise<void> {
    await this.jobs.save(job);
    for (const event of happened) if (event instanceof JobFinished) this.metrics.jobFinished(event.outcome);
    continueTrace(job.traceparent ?? undefined, () => {
      for (const event of happened) this.events.publish(event);
    });
  }
}
