import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetMarketplaceSummary, MarketplaceSummaryView } from './contract/summary.js';
import { MarketplaceCounts } from './marketplace-counts.js';

@QueryHandler(GetMarketplaceSummary)
export class GetMarketplaceSummaryHandler implements IQueryHandler<GetMarketplaceSummary> {
  constructor(private readonly counts: MarketplaceCounts) {}

  async execute() {
    return MarketplaceSummaryView.of({
      offersByStatus: await this.counts.offersByStatus(),
      bookingsByStatus: await this.counts.bookingsByStatus(),
    });
  }
}
