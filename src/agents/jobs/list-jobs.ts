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

  async execute(query: ListJobs) {
    const principal = requirePrincipal();
    const { limit = DEFAULT_PAGE_LIMIT } = query;
    const found = isOperator(principal)
      ? await this.search(query).getMany()
      : await this.ofParty(query, principal.subject);
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((job) => toJobView(job)),
      CURSORS.next(query, found, limit, ({ id }) => [id]),
    );
  }

  /** A user's submitted jobs and those on their GPUs, each through its own index. */
  private async ofParty(query: ListJobs, me: string): Promise<Job[]> {
    const found = await Promise.all(
      ['clientId', 'providerId'].map((party) => this.search(query).andWhere(`job.${party} = :me`, { me }).getMany()),
    );
    const jobs = new Map(found.flat().map((job) => [job.id, job]));
    return [...jobs.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  }

  private search(asked: ListJobs) {
    const { status, limit = DEFAULT_PAGE_LIMIT } = asked;
    const search = this.jobs.createQueryBuilder('job');
    if (status) search.andWhere('job.status = :status', { status });
    for (const field of ['bookingId', 'clientId', 'providerId', 'agentId'] as const) {
      if (asked[field]) search.andWhere(`job.${field} = :${field}`, { [field]: asked[field] });
    }
    const [last] = CURSORS.position(asked) ?? [];
    if (last) search.andWhere('job.id < :last', { last });
    // Ids are UUIDv7: they sort by submission.
    return search.orderBy('job.id', 'DESC').take(limit + 1);
  }
}
