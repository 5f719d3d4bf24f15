import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetOfferPresence, OfferPresenceView } from '../contract/agents.js';
import { AgentsOfOffers } from './agents-of-offers.js';

@QueryHandler(GetOfferPresence)
export class GetOfferPresenceHandler implements IQueryHandler<GetOfferPresence> {
  constructor(
    private readonly agents: AgentsOfOffers,
    private readonly clock: Clock,
  ) {}

  async execute({ offerIds }: GetOfferPresence): Promise<OfferPresenceView[]> {
    const found = await this.agents.ofOffers(offerIds, this.clock.now());
    return offerIds.map((offerId) =>
      OfferPresenceView.of({ offerId, ...(found.get(offerId) ?? { online: 0, lastSeenAt: null }) }),
    );
  }
}
