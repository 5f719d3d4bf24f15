import { Cache, type CacheArea } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus, EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntitySubscriberInterface } from 'typeorm';
import { OffersChanged } from '../contract/events.js';
import { Offer } from './offer.entity.js';

/** Cached pages of offer searches. */
export const OFFER_SEARCHES: CacheArea = { name: 'offer_searches', ttlMs: 5_000, entries: 1_024 };

/** Announces changed offers, whatever changed them, on commit. */
@Injectable()
export class AnnounceOfferChanges implements EntitySubscriberInterface<Offer> {
  constructor(
    @InjectDataSource('marketplace') dataSource: DataSource,
    private readonly events: EventBus,
  ) {
    dataSource.subscribers.push(this);
  }

  listenTo() {
    return Offer;
  }

  afterInsert(): void {
    this.announce();
  }

  afterUpdate(): void {
    this.announce();
  }

  private announce(): void {
    this.events.publish(OffersChanged.of({}));
  }
}

@EventsHandler(OffersChanged)
export class ForgetOfferSearches implements IEventHandler<OffersChanged> {
  constructor(private readonly cache: Cache) {}

  handle(): void {
    this.cache.renew(OFFER_SEARCHES);
  }
}
