import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Agent, SILENCE_MS } from './agent.entity.js';
import { OfferAgent } from './offer-agent.entity.js';

/** The agents of one offer and their presence. */
export interface Presence {
  readonly online: number;
  readonly lastSeenAt: Date | null;
}

const NOBODY: Presence = { online: 0, lastSeenAt: null };

/** Finds the agents of offers, and whether they are online. */
@Injectable()
export class AgentsOfOffers {
  constructor(@InjectRepository(OfferAgent, 'agents') private readonly pairs: Repository<OfferAgent>) {}

  async ofOffer(offerId: string, now: Date): Promise<Presence> {
    return (await this.ofOffers([offerId], now)).get(offerId) ?? NOBODY;
  }

  /** Omits offers without any agent. */
  async ofOffers(offerIds: readonly string[], now: Date): Promise<Map<string, Presence>> {
    if (offerIds.length === 0) return new Map();
    const found = await this.pairs
      .createQueryBuilder('pair')
      .innerJoin(Agent, 'agent', 'agent.id = pair.agentId')
      .select(['pair.offer_id AS "offerId"', 'agent.last_seen_at AS "seen"'])
      .where('pair.offerId IN (:...offerIds)', { offerIds })
      .getRawMany<{ offerId: string; seen: string | number | null }>();
    const presences = new Map<string, Presence>();
    for (const { offerId, seen } of found) {
      const { online, lastSeenAt } = presences.get(offerId) ?? NOBODY;
      const at = seen === null ? null : new Date(Number(seen));
      const isOnline = at !== null && now.getTime() - at.getTime() < SILENCE_MS;
      const latest = at && (!lastSeenAt || at > lastSeenAt) ? at : lastSeenAt;
      presences.set(offerId, { online: online + (isOnline ? 1 : 0), lastSeenAt: latest });
    }
    return presences;
  }
}
