import { requirePrincipal, ValidationFailed } from '@aitbc/modulith';
import { Clock, Limits } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { GetWallet } from '../../wallet/contract/index.js';
import { CreateOffer } from '../contract/offers.js';
import { toOfferView } from './offer-view.js';
import { Offer } from './offer.entity.js';

@CommandHandler(CreateOffer)
export class CreateOfferHandler implements ICommandHandler<CreateOffer> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly queries: QueryBus,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  async execute({ expiresAt, ...terms }: CreateOffer) {
    const { subject: providerId } = requirePrincipal();
    const now = this.clock.now();
    if (expiresAt && expiresAt <= now) {
      throw new ValidationFailed([{ field: 'expiresAt', message: 'expiresAt must lie in the future' }]);
    }
    // Only answers for the wallet's owner, so an offer cannot pay into another user's wallet.
    const { address: providerAddress } = await this.queries.execute(GetWallet.of({ walletId: terms.walletId }));
    const onMarket = { providerId, status: In(['available', 'reserved', 'in_use']) };
    await this.limits.allow('offers-per-user', (await this.offers.countBy(onMarket)) + 1);
    const offer = Offer.list(
      { ...terms, id: uuidv7(), providerId, providerAddress, expiresAt: expiresAt ?? null },
      now,
    );
    await this.offers.insert(offer);
    return toOfferView(offer, new Map());
  }
}
