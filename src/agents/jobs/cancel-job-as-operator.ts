import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CancelJobAsOperator } from '../contract/operations.js';
import { toJobView } from './job-view.js';
import { OperatorChanges } from './operator-changes.js';

@CommandHandler(CancelJobAsOperator)
export class CancelJobAsOperatorHandler implements ICommandHandler<CancelJobAsOperator> {
  constructor(private readonly changes: OperatorChanges) {}

  async execute({ jobId, reason }: CancelJobAsOperator) {
    const why = `An operator cancelled the job: ${reason}`;
    return toJobView(await this.changes.apply(jobId, 'cancel', (job, now) => job.cancel(now, why)));
  }
}
