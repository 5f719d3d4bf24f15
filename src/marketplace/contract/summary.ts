import { Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';

export class MarketplaceSummaryView extends View {
  @ApiProperty({ example: { available: 4, in_use: 1 } }) offersByStatus: Record<string, number>;
  @ApiProperty({ example: { active: 1, settled: 12 } }) bookingsByStatus: Record<string, number>;
}

/** Figures for the operators' overview. */
export class GetMarketplaceSummary extends Query<MarketplaceSummaryView> {}
