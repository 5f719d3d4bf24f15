import { CommandBus, EventsHandler, type IEventHandler, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CountersignReceipt } from '../../wallet/contract/index.js';
import { JobFinished } from '../contract/events.js';
import { GetCountersignDigest } from '../contract/receipts.js';
import { JobDelivery } from './job-delivery.entity.js';

/**
 * Adds the platform's signature to the agent's receipt. Runs as a reaction, so that a result is safe even while the
 * wallet is unavailable.
 */
@EventsHandler(JobFinished)
export class CountersignFinishedJob implements IEventHandler<JobFinished> {
  constructor(
    @InjectRepository(JobDelivery, 'agents') private readonly deliveries: Repository<JobDelivery>,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async handle({ jobId, outcome }: JobFinished) {
    if (outcome !== 'completed') return;
    const digest = await this.queries.execute(GetCountersignDigest.of({ jobId }));
    const { signature, address } = await this.commands.execute(CountersignReceipt.of({ digest }));
    await this.deliveries.update({ jobId }, { platformSignature: signature, platformAddress: address });
  }
}
