import { isPassingFailure } from '@aitbc/modulith';
import { Injectable, Logger } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { GetOfferPresence, OfferPresenceView } from '../../agents/contract/index.js';

/** Queries the agents of offers. */
@Injectable()
export class AgentsOfOffers {
  private readonly logger = new Logger(AgentsOfOffers.name);

  constructor(private readonly queries: QueryBus) {}

  /** Undefined if the agents module does not answer: an offer can be shown without it. */
  async of(offerIds: string[]): Promise<ReadonlyMap<string, OfferPresenceView> | undefined> {
    if (offerIds.length === 0) return new Map();
    try {
      const found = await this.queries.execute(GetOfferPresence.of({ offerIds }));
      return new Map(found.map((each) => [each.offerId, each]));
    } catch (error) {
      if (!isPassingFailure(error)) this.logger.error('The agents of offers are unknown', (error as Error).stack);
      return undefined;
    }
  }
}
