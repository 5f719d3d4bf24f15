import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { JobNotFound } from '../contract/errors.js';
import { GetCountersignDigest } from '../contract/receipts.js';
import { countersignDigest } from '../receipts/receipt.js';
import { JobDelivery } from './job-delivery.entity.js';

@QueryHandler(GetCountersignDigest)
export class GetCountersignDigestHandler implements IQueryHandler<GetCountersignDigest> {
  constructor(@InjectRepository(JobDelivery, 'agents') private readonly deliveries: Repository<JobDelivery>) {}

  async execute({ jobId }: GetCountersignDigest): Promise<string> {
    const delivery = await this.deliveries.findOneBy({ jobId });
    if (!delivery) throw new JobNotFound(jobId);
    return countersignDigest(delivery);
  }
}
