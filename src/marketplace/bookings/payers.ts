import { ModuleUnavailable } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CheckSpendable, GetEscrowTerms } from '../../wallet/contract/index.js';
import type { BookOffer } from '../contract/bookings.js';
import { AgentsAway, OfferUnavailable, OwnOffer } from '../contract/errors.js';
import { GetOffer } from '../contract/offers.js';
import { priceOf } from './pricing.js';

/** The source and destination of a booking's money. */
export interface Payer {
  readonly clientAddress: string;
  readonly escrowAddress: string;
}

/** Collects what must be known before a booking is made: call it before any use of a repository. */
@Injectable()
export class Payers {
  constructor(private readonly queries: QueryBus) {}

  /** @throws OfferUnavailable, OwnOffer, AgentsAway, and the wallet's error if it is locked or short of funds */
  async ask(command: BookOffer, clientId: string): Promise<Payer> {
    const clientAddress = await this.clientAddress(command, clientId);
    const { address: escrowAddress } = await this.queries.execute(GetEscrowTerms.of({}));
    return { clientAddress, escrowAddress };
  }

  private async clientAddress(command: BookOffer, clientId: string): Promise<string> {
    const { offerId, durationHours, walletId, clientAddress, withoutAgent = false } = command;
    const offer = await this.queries.execute(GetOffer.of({ offerId }));
    if (offer.providerId === clientId) throw new OwnOffer(offerId);
    if (offer.status !== 'available') throw new OfferUnavailable(offerId);
    if (!withoutAgent && offer.agentsOnline === null) throw new ModuleUnavailable('agents');
    if (!withoutAgent && offer.agentsOnline === 0) throw new AgentsAway(offerId);
    if (walletId === undefined) return clientAddress!;
    const amount = priceOf(offer.pricePerHour, durationHours);
    return (await this.queries.execute(CheckSpendable.of({ walletId, amount }))).address;
  }
}
