import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { Offer } from './offer.entity.js';

const BATCH = 200;

/** Takes expired offers off the market. */
@Injectable()
export class ExpireOffers implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('expire-offers', { everyMs: 1000 }, () => this.sweep());
  }

  async sweep(): Promise<void> {
    const now = this.clock.now();
    const isDue = { status: 'available' as const, expiresAt: LessThanOrEqual(now) };
    const due = await this.offers.find({ select: { id: true }, where: isDue, take: BATCH });
    for (const { id } of due) {
      await this.unitOfWork.run(async () => {
        const offer = await this.offers.findOneByOrFail({ id });
        offer.expire(now);
        await this.offers.save(offer);
      });
    }
  }
}
