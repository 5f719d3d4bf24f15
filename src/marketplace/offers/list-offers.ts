import { Cache, Cursors, DEFAULT_PAGE_LIMIT, padAmount, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { ListOffers, type OfferSort, type OfferView } from '../contract/offers.js';
import { AgentsOfOffers } from './agents-of-offers.js';
import { OFFER_SEARCHES } from './offer-searches.js';
import { toOfferView } from './offer-view.js';
import { Offer } from './offer.entity.js';

const BY_AGE = new Cursors('marketplace.offers', 'moment', 'id');
const BY_PRICE = new Cursors('marketplace.offers', 'amount', 'id');

@QueryHandler(ListOffers)
export class ListOffersHandler implements IQueryHandler<ListOffers> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly agents: AgentsOfOffers,
    private readonly cache: Cache,
  ) {}

  async execute(asked: ListOffers): Promise<Page<OfferView>> {
    const { sort, limit, cursor, status, providerId, gpuModel, region, maxPricePerHour } = asked;
    const key = [sort, limit, cursor, status, providerId, gpuModel?.toLowerCase(), region, maxPricePerHour];
    return this.cache.answer(OFFER_SEARCHES, key, () => this.search(asked));
  }

  private async search(asked: ListOffers): Promise<Page<OfferView>> {
    const { sort = '-createdAt', limit = DEFAULT_PAGE_LIMIT } = asked;
    const search = this.offers.createQueryBuilder('offer');
    narrow(search, asked);
    goOnAfter(search, asked, sort);
    const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
    const found = await search
      .orderBy(`offer.${fieldOf(sort)}`, direction)
      .addOrderBy('offer.id', direction)
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const presences = await this.agents.of(shown.map(({ id }) => id));
    const views = shown.map((offer) => toOfferView(offer, presences));
    return Page.of(views, nextCursor(asked, found, limit, sort));
  }
}

function narrow(
  search: SelectQueryBuilder<Offer>,
  { status, providerId, gpuModel, region, maxPricePerHour }: ListOffers,
): void {
  if (status) search.andWhere('offer.status = :status', { status });
  if (providerId) search.andWhere('offer.providerId = :providerId', { providerId });
  if (region) search.andWhere('offer.region = :region', { region });
  if (maxPricePerHour !== undefined) {
    search.andWhere('offer.pricePerHour <= :most', { most: padAmount(maxPricePerHour) });
  }
  if (gpuModel) {
    // A model name may contain LIKE's wildcard `_`.
    const part = gpuModel.toLowerCase().replaceAll('_', '\\_');
    search.andWhere(`LOWER(offer.gpuModel) LIKE :model ESCAPE '\\'`, { model: `%${part}%` });
  }
}

/** The id breaks ties, so no offer is skipped or shown twice. */
function goOnAfter(search: SelectQueryBuilder<Offer>, asked: ListOffers, sort: OfferSort): void {
  const position = positionOf({ ...asked, sort }, sort);
  if (!position) return;
  const beyond = sort.startsWith('-') ? '<' : '>';
  const field = `offer.${fieldOf(sort)}`;
  search.andWhere(`(${field} ${beyond} :value OR (${field} = :value AND offer.id ${beyond} :id))`, position);
}

/** The start of the next page, in column format. */
function positionOf(asked: ListOffers, sort: OfferSort): { value: string | number; id: string } | undefined {
  if (fieldOf(sort) === 'createdAt') {
    const position = BY_AGE.position(asked);
    return position && { value: position[0].getTime(), id: position[1] };
  }
  const position = BY_PRICE.position(asked);
  return position && { value: padAmount(position[0]), id: position[1] };
}

function nextCursor(asked: ListOffers, found: readonly Offer[], limit: number, sort: OfferSort): string | null {
  const sorted = { ...asked, sort };
  return fieldOf(sort) === 'createdAt'
    ? BY_AGE.next(sorted, found, limit, ({ createdAt, id }) => [createdAt, id])
    : BY_PRICE.next(sorted, found, limit, ({ pricePerHour, id }) => [pricePerHour, id]);
}

function fieldOf(sort: OfferSort): 'createdAt' | 'pricePerHour' {
  return sort.endsWith('createdAt') ? 'createdAt' : 'pricePerHour';
}
