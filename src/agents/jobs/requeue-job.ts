import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RequeueJob } from '../contract/operations.js';
import { toJobView } from './job-view.js';
import { OperatorChanges } from './operator-changes.js';

@CommandHandler(RequeueJob)
export class RequeueJobHandler implements ICommandHandler<RequeueJob> {
  constructor(private readonly changes: OperatorChanges) {}

  async execute({ jobId, reason }: RequeueJob) {
    return toJobView(await this.changes.apply(jobId, 'requeue', (job, now) => job.requeue(reason, now)));
  }
}
