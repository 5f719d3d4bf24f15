import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { TransactionSigned } from '../contract/events.js';
import { Submission } from './submission.js';

/** Submits a transaction to the chain as soon as it is stored. */
@EventsHandler(TransactionSigned)
export class SubmitSignedTransaction implements IEventHandler<TransactionSigned> {
  constructor(private readonly submission: Submission) {}

  async handle({ transactionId }: TransactionSigned): Promise<void> {
    const verdict = await this.submission.offer(transactionId);
    await this.submission.record(transactionId, verdict);
  }
}
