import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ReceiptNotReady } from '../contract/errors.js';
import { GetReceipt, ReceiptView, SignedReceiptView } from '../contract/receipts.js';
import { mustBeCompleted } from './delivered.js';
import { mustBeParty } from './job-access.js';
import { JobDelivery } from './job-delivery.entity.js';
import { Job } from './job.entity.js';

@QueryHandler(GetReceipt)
export class GetReceiptHandler implements IQueryHandler<GetReceipt> {
  constructor(
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    @InjectRepository(JobDelivery, 'agents') private readonly deliveries: Repository<JobDelivery>,
  ) {}

  async execute({ jobId }: GetReceipt) {
    const principal = requirePrincipal();
    mustBeCompleted(mustBeParty(await this.jobs.findOneBy({ id: jobId }), principal, jobId));
    const delivery = await this.deliveries.findOneByOrFail({ jobId });
    const { receipt, agentSignature, agentPublicKey, platformSignature, platformAddress } = delivery;
    if (!platformSignature || !platformAddress) throw new ReceiptNotReady(jobId);
    return SignedReceiptView.of({
      receipt: ReceiptView.of(receipt as ReceiptView),
      agentSignature,
      agentPublicKey,
      platformSignature,
      platformAddress,
    });
  }
}
