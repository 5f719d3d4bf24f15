import { Clock } from '@aitbc/platform';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { AccountDeleted } from '../../gateway/contract/index.js';
import { Offer } from './offer.entity.js';

const ONE_MORE = () => 'version + 1';

/** Delists the offers of a deleted provider: at once, or when the booking that holds an offer ends. */
@EventsHandler(AccountDeleted)
export class DelistOffers implements IEventHandler<AccountDeleted> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly clock: Clock,
  ) {}

  async handle({ userId: providerId }: AccountDeleted): Promise<void> {
    const held = In(['reserved', 'in_use']);
    await this.offers.update({ providerId, status: 'available' }, { status: 'delisted', version: ONE_MORE });
    await this.offers.update({ providerId, status: held }, { expiresAt: this.clock.now(), version: ONE_MORE });
  }
}
