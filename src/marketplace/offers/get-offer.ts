import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { OfferNotFound } from '../contract/errors.js';
import { GetOffer } from '../contract/offers.js';
import { AgentsOfOffers } from './agents-of-offers.js';
import { toOfferView } from './offer-view.js';
import { Offer } from './offer.entity.js';

@QueryHandler(GetOffer)
export class GetOfferHandler implements IQueryHandler<GetOffer> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly agents: AgentsOfOffers,
  ) {}

  async execute({ offerId }: GetOffer) {
    const offer = await this.offers.findOneBy({ id: offerId });
    if (!offer) throw new OfferNotFound(offerId);
    return toOfferView(offer, await this.agents.of([offerId]));
  }
}
