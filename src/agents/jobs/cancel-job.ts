import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CancelJob } from '../contract/jobs.js';
import { mustBeClient } from './job-access.js';
import { JobChanges } from './job-changes.js';
import { toJobView } from './job-view.js';

@CommandHandler(CancelJob)
export class CancelJobHandler implements ICommandHandler<CancelJob> {
  constructor(
    private readonly changes: JobChanges,
    private readonly clock: Clock,
  ) {}

  async execute({ jobId }: CancelJob) {
    const principal = requirePrincipal();
    const job = mustBeClient(await this.changes.find(jobId), principal, jobId);
    await this.changes.save(job, job.cancel(this.clock.now()));
    return toJobView(job);
  }
}
