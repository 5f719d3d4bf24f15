import { continueTrace, type Event } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AgentMetrics } from '../agent-metrics.js';
import { JobFinished } from '../contract/events.js';
import { Job } from './job.entity.js';

/** Saves a job's change and publishes its events, in the trace of the job's booking. */
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
