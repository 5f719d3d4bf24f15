import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { type ObjectLiteral, Repository } from 'typeorm';
import { Booking } from './bookings/booking.entity.js';
import { GetMarketplaceSummary, MarketplaceSummaryView } from './contract/summary.js';
import { Offer } from './offers/offer.entity.js';

@QueryHandler(GetMarketplaceSummary)
export class GetMarketplaceSummaryHandler implements IQueryHandler<GetMarketplaceSummary> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
  ) {}

  async execute() {
    const offersByStatus = await countByStatus(this.offers);
    const bookingsByStatus = await countByStatus(this.bookings);
    return MarketplaceSummaryView.of({ offersByStatus, bookingsByStatus });
  }
}

async function countByStatus(repository: Repository<ObjectLiteral>): Promise<Record<string, number>> {
  const counts = await repository
    .createQueryBuilder('row')
    .select('row.status', 'status')
    .addSelect('COUNT(*)', 'count')
    .groupBy('row.status')
    .getRawMany<{ status: string; count: string | number }>();
  return Object.fromEntries(counts.map(({ status, count }) => [status, Number(count)]));
}
