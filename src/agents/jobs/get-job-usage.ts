import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetJobUsage, JobUsageView } from '../contract/jobs.js';
import { Job } from './job.entity.js';

@QueryHandler(GetJobUsage)
export class GetJobUsageHandler implements IQueryHandler<GetJobUsage> {
  constructor(@InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>) {}

  async execute({ bookingId }: GetJobUsage): Promise<JobUsageView> {
    const { subject: clientId } = requirePrincipal();
    const [waiting, waitingOfBooking, stored] = await Promise.all([
      this.jobs.countBy({ clientId, status: 'queued' }),
      this.jobs.countBy({ clientId, status: 'queued', bookingId }),
      this.jobs.sum('storedBytes', { bookingId, clientId }),
    ]);
    return JobUsageView.of({ waiting, waitingOfBooking, storedBytes: Number(stored ?? 0) });
  }
}
