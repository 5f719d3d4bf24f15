import { Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';

export class WalletSummaryView extends View {
  @ApiProperty({ example: 12 }) wallets: number;
  @ApiProperty({ example: 3 }) unlockedWallets: number;
  @ApiProperty({ example: { submitted: 1, confirmed: 40 } }) transactionsByStatus: Record<string, number>;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Null until it is deployed' })
  escrowAddress: string | null;
  @ApiProperty({ example: 120, description: 'Number of the last block in the ledger' }) ledgerBlock: number;
}

/** Figures for the operators' overview. */
export class GetWalletSummary extends Query<WalletSummaryView> {}
