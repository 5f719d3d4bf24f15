import { ValidationFailed } from '@aitbc/modulith';
import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, padAmount, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { ListOffers, type OfferSort } from '../contract/offers.js';
import { toOfferView } from './offer-view.js';
import { Offer } from './offer.entity.js';

@QueryHandler(ListOffers)
export class ListOffersHandler implements IQueryHandler<ListOffers> {
  constructor(@InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>) {}

  async execute(asked: ListOffers) {
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
    const next = found.length > limit ? encodeCursor([sort, stored(shown.at(-1)!, sort), shown.at(-1)!.id]) : null;
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
  const [madeFor, value, id] = decodeCursor(cursor);
  if (madeFor !== sort) {
    throw new ValidationFailed([{ field: 'cursor', message: 'cursor must come from a page with the same sort' }]);
  }
  const beyond = sort.startsWith('-') ? '<' : '>';
  const field = `offer.${fieldOf(sort)}`;
  search.andWhere(`(${field} ${beyond} :value OR (${field} = :value AND offer.id ${beyond} :id))`, { value, id });
}

function fieldOf(sort: OfferSort): 'createdAt' | 'pricePerHour' {
  return sort.endsWith('createdAt') ? 'createdAt' : 'pricePerHour';
}

/** A sort value as its column holds it. */
function stored(offer: Offer, sort: OfferSort): string | number {
  return fieldOf(sort) === 'createdAt' ? offer.createdAt.getTime() : padAmount(offer.pricePerHour);
}
