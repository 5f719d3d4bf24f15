import { continueTrace, currentTraceparent, requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { JobQueued } from '../contract/events.js';
import { SubmitJob } from '../contract/jobs.js';
import { BookedTimes } from './booked-times.js';
import { mustBeAcceptable } from './check-task.js';
import { JobTask } from './job-task.entity.js';
import { toJobView } from './job-view.js';
import { Job } from './job.entity.js';

@CommandHandler(SubmitJob)
export class SubmitJobHandler implements ICommandHandler<SubmitJob> {
  constructor(
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    @InjectRepository(JobTask, 'agents') private readonly tasks: Repository<JobTask>,
    private readonly bookings: BookedTimes,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async execute({ bookingId, task, ttlSeconds = 900 }: SubmitJob) {
    const { subject } = requirePrincipal();
    mustBeAcceptable(task);
    const bytes = Buffer.byteLength(JSON.stringify(task));
    const booking = await this.bookings.forJob(bookingId, subject, bytes);
    const now = this.clock.now();
    booking.mustAcceptJobFrom(subject, now);
    const { offerId, clientId, providerId } = booking;
    const traceparent = booking.traceparent ?? currentTraceparent() ?? null;
    const expiresAt = new Date(now.getTime() + ttlSeconds * 1000);
    const request = { id: uuidv7(), bookingId, offerId, clientId, providerId, kind: task.kind, expiresAt, traceparent };
    const job = Job.submit(request, now);
    job.stores(bytes);
    await this.jobs.insert(job);
    await this.tasks.insert({ jobId: job.id, task });
    continueTrace(traceparent ?? undefined, () => this.events.publish(JobQueued.of({ offerId, jobId: job.id })));
    return toJobView(job);
  }
}
