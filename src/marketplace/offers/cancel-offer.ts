import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OfferNotFound } from '../contract/errors.js';
import { CancelOffer } from '../contract/offers.js';
import { AgentsOfOffers } from './agents-of-offers.js';
import { toOfferView } from './offer-view.js';
import { Offer } from './offer.entity.js';

@CommandHandler(CancelOffer)
export class CancelOfferHandler implements ICommandHandler<CancelOffer> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly agents: AgentsOfOffers,
  ) {}

  async execute({ offerId }: CancelOffer) {
    const { subject } = requirePrincipal();
    const presences = await this.agents.of([offerId]);
    const offer = await this.offers.findOneBy({ id: offerId });
    if (offer?.providerId !== subject) throw new OfferNotFound(offerId);
    offer.cancel();
    await this.offers.save(offer);
    return toOfferView(offer, presences);
  }
}
