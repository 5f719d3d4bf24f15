import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetJobResult, JobResultView } from '../contract/job-result.js';
import { mustBeReader } from './job-access.js';
import { JobDelivery } from './job-delivery.entity.js';
import { mustBeCompleted } from './delivered.js';
import { Job } from './job.entity.js';

@QueryHandler(GetJobResult)
export class GetJobResultHandler implements IQueryHandler<GetJobResult> {
  constructor(
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    @InjectRepository(JobDelivery, 'agents') private readonly deliveries: Repository<JobDelivery>,
  ) {}

  async execute({ jobId }: GetJobResult) {
    const principal = requirePrincipal();
    mustBeCompleted(mustBeReader(await this.jobs.findOneBy({ id: jobId }), principal, jobId));
    const { result } = await this.deliveries.findOneByOrFail({ jobId });
    return JobResultView.of(result);
  }
}
