import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetJob } from '../contract/jobs.js';
import { mustBeParty } from './job-access.js';
import { toJobView } from './job-view.js';
import { Job } from './job.entity.js';

@QueryHandler(GetJob)
export class GetJobHandler implements IQueryHandler<GetJob> {
  constructor(@InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>) {}

  async execute({ jobId }: GetJob) {
    const principal = requirePrincipal();
    return toJobView(mustBeParty(await this.jobs.findOneBy({ id: jobId }), principal, jobId));
  }
}
