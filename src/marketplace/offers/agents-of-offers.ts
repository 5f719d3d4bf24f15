import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetOfferPresence, OfferPresenceView } from '../../agents/contract/index.js';

/** Asks whether agents stand behind offers. */
@Injectable()
export class AgentsOfOffers {
  constructor(private readonly queries: QueryBus) {}

  /** Undefined while the agents' module does not answer: an offer can be read without it. */
  async of(offerIds: string[]): Promise<ReadonlyMap<string, OfferPresenceView> | undefined> {
    if (offerIds.length === 0) return new Map();
    const found = await this.queries.execute(GetOfferPresence.of({ offerIds })).catch(() => undefined);
    return found && new Map(found.map((each) => [each.offerId, each]));
  }
}
