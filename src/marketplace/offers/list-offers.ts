import { ValidationFailed } from '@aitbc/modulith';
import { Cache, decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, padAmount, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { ListOffers, type OfferSort, type OfferView } from '../contract/offers.js';
import { OFFER_SEARCHES } from './offer-searches.js';
import { toOfferView } from './offer-view.js';
import { Offer } from './offer.entity.js';

@QueryHandler(ListOffers)
export class ListOffersHandler implements IQueryHandler<ListOffers> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly cache: Cache,
  ) {}

  execute(asked: ListOffers): Promise<Page<OfferView>> {
    const { sort, limit, cursor, status, gpuModel, region, maxPricePerHour } = asked;
    const key = [sort, limit, cursor, status, gpuModel?.toLowerCase(), region, maxPricePerHour];
    return this.cache.answer(OFFER_SEARCHES, key, () => this.search(asked));
  }

  private async search(asked: ListOffers): Promise<Page<OfferView>> {
    const { sort = '-createdAt', limit = DEFAULT_PAGE_LIMIT, cursor } = asked;
    const search = this.offers.createQueryBuilder('offer');
    narrow(search, asked);
    if (cursor) goOnAfter(search, cursor, sort);
    const direction = sort.startsWith('-') ? 'DESC' : 'ASC';
    const found = await search
      .orderBy(`offer.${fieldOf(sort)}`, direction)
      .addOrderBy('offer.id', direction)
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const next = found.length > limit ? cursorOf(shown.at(-1)!, sort) : null;
    return Page.of(shown.map(toOfferView), next);
  }
}

function narrow(search: SelectQueryBuilder<Offer>, { status, gpuModel, region, maxPricePerHour }: ListOffers): void {
  if (status) search.andWhere('offer.status = :status', { status });
  if (region) search.andWhere('offer.region = :region', { region });
  if (maxPricePerHour !== undefined) {
    search.andWhere('offer.pricePerHour <= :most', { most: padAmount(maxPricePerHour) });
  }
  if (gpuModel) {
    // LIKE's wildcard `_` may stand in a model's name.
    const part = gpuModel.toLowerCase().replaceAll('_', '\\_');
    search.andWhere(`LOWER(offer.gpuModel) LIKE :model ESCAPE '\\'`, { model: `%${part}%` });
  }
}

/** The id decides between equal values, so no offer is skipped or shown twice. */
function goOnAfter(search: SelectQueryBuilder<Offer>, cursor: string, sort: OfferSort): void {
  const { value, id } = positionOf(cursor, sort);
  const beyond = sort.startsWith('-') ? '<' : '>';
  const field = `offer.${fieldOf(sort)}`;
  search.andWhere(`(${field} ${beyond} :value OR (${field} = :value AND offer.id ${beyond} :id))`, { value, id });
}

function cursorOf(offer: Offer, sort: OfferSort): string {
  return encodeCursor([sort, offer[fieldOf(sort)], offer.id]);
}

/**
 * Where the next page starts, as the columns hold it.
 * @throws ValidationFailed when the cursor is of another list, or of this one in another order
 */
function positionOf(cursor: string, sort: OfferSort): { value: string | number; id: unknown } {
  const [madeFor, value, id] = decodeCursor(cursor);
  if (madeFor === sort && isUUID(id)) {
    if (fieldOf(sort) === 'createdAt' && value instanceof Date) return { value: value.getTime(), id };
    if (fieldOf(sort) === 'pricePerHour' && typeof value === 'bigint' && value >= 0n)
      return { value: padAmount(value), id };
  }
  throw new ValidationFailed([{ field: 'cursor', message: 'cursor must come from a page with the same sort' }]);
}

function fieldOf(sort: OfferSort): 'createdAt' | 'pricePerHour' {
  return sort.endsWith('createdAt') ? 'createdAt' : 'pricePerHour';
}
