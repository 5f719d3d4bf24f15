import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OfferNotFound } from '../contract/errors.js';
import { ChangeOffer } from '../contract/offers.js';
import { AgentsOfOffers } from './agents-of-offers.js';
import { toOfferView } from './offer-view.js';
import { Offer } from './offer.entity.js';

@CommandHandler(ChangeOffer)
export class ChangeOfferHandler implements ICommandHandler<ChangeOffer> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly agents: AgentsOfOffers,
  ) {}

  async execute({ offerId, pricePerHour, status, versions }: ChangeOffer) {
    const { subject } = requirePrincipal();
    const presences = await this.agents.of([offerId]);
    const offer = await this.offers.findOneBy({ id: offerId });
    if (offer?.providerId !== subject) throw new OfferNotFound(offerId);
    offer.assertChangeable(versions);
    if (pricePerHour !== undefined) offer.price(pricePerHour);
    if (status === 'delisted') offer.cancel();
    await this.offers.save(offer);
    return toOfferView(offer, presences);
  }
}
