import { requirePrincipal } from '@aitbc/modulith';
import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { isOperator } from '../agents/agent-access.js';
import { ListJobs } from '../contract/jobs.js';
import { toJobView } from './job-view.js';
import { Job } from './job.entity.js';

const CURSORS = new Cursors('agents.jobs', 'id');

@QueryHandler(ListJobs)
export class ListJobsHandler implements IQueryHandler<ListJobs> {
  constructor(@InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>) {}

  async execute(asked: ListJobs) {
    const { status, limit = DEFAULT_PAGE_LIMIT } = asked;
    const principal = requirePrincipal();
    const search = this.jobs.createQueryBuilder('job');
    if (!isOperator(principal)) search.andWhere('job.clientId = :me', { me: principal.subject });
    if (status) search.andWhere('job.status = :status', { status });
    for (const field of ['bookingId', 'clientId', 'providerId', 'agentId'] as const) {
      if (asked[field]) search.andWhere(`job.${field} = :${field}`, { [field]: asked[field] });
    }
    const [last] = CURSORS.position(asked) ?? [];
    if (last) search.andWhere('job.id < :last', { last });
    // Ids are UUIDv7: their order is the order of the submissions.
    const found = await search
      .orderBy('job.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((job) => toJobView(job)),
      CURSORS.next(asked, found, limit, ({ id }) => [id]),
    );
  }
}
