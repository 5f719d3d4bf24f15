import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { mustBeAgent } from '../agents/agent-access.js';
import { AssignmentView, GetAssignment } from '../contract/attempts.js';
import { JobNotFound } from '../contract/errors.js';
import { WasmTask } from '../contract/tasks.js';
import { BookedTime } from './booked-time.entity.js';
import { JobTask } from './job-task.entity.js';
import { Job } from './job.entity.js';

@QueryHandler(GetAssignment)
export class GetAssignmentHandler implements IQueryHandler<GetAssignment> {
  constructor(
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    @InjectRepository(JobTask, 'agents') private readonly tasks: Repository<JobTask>,
    @InjectRepository(BookedTime, 'agents') private readonly bookings: Repository<BookedTime>,
  ) {}

  async execute({ agentId, jobId, attempt }: GetAssignment) {
    mustBeAgent(requirePrincipal(), agentId);
    const job = await this.jobs.findOneBy({ id: jobId });
    if (!job?.isHeldBy(agentId, attempt)) throw new JobNotFound(jobId);
    const { task } = await this.tasks.findOneByOrFail({ jobId });
    const booking = await this.bookings.findOneByOrFail({ id: job.bookingId });
    return AssignmentView.of({
      jobId,
      attempt,
      bookingId: job.bookingId,
      agentId,
      provider: booking.providerAddress,
      client: booking.clientAddress,
      kind: job.kind,
      task: WasmTask.of(task),
      leaseExpiresAt: job.leaseExpiresAt!,
      expiresAt: job.expiresAt,
      traceparent: job.traceparent,
    });
  }
}
