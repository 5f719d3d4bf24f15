import { View } from '@aitbc/modulith';
import { Address, Amount, Id, Moment, OptionalField, type Page, PageQuery } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/**
 * opening: the balance before this wallet was known here. transfer: the value of a transaction. internal: value moved
 * by a contract within one, such as an escrow's payment. fee: gas paid. unexplained: a change without a transaction,
 * such as a block's fees for its proposer.
 */
export const LEDGER_KINDS = ['opening', 'transfer', 'internal', 'fee', 'unexplained'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

export class LedgerEntryView extends View {
  @ApiProperty({ example: 3, description: 'Counts from 1 per account, without gaps' }) sequence: number;
  @ApiProperty({ enum: LEDGER_KINDS, example: 'transfer' }) kind: LedgerKind;
  @Amount({ signed: true, description: 'Negative for what went out', example: '-1.5' }) amount: bigint;
  @Amount({ description: 'Balance after this entry', example: '98.5' }) balance: bigint;
  @Address({ nullable: true, description: 'The other side, where there is one' }) counterparty: string | null;
  @ApiProperty({ type: String, nullable: true, example: null }) transactionHash: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072',
    description: 'The booking that was paid, or paid from',
  })
  bookingId: string | null;
  @ApiProperty({ example: 42 }) blockNumber: number;
  @ApiProperty() at: Date;
}

/** A wallet's balance changes, newest first. The newest entry's balance is the account's on the chain. */
export class GetLedger extends PageQuery<Page<LedgerEntryView>> {
  @Id() walletId: string;

  @ApiPropertyOptional({ example: '2026-01-01T00:00:00Z', description: 'Then or later' })
  @OptionalField()
  @Moment()
  from?: Date;

  @ApiPropertyOptional({ example: '2026-02-01T00:00:00Z', description: 'Before' })
  @OptionalField()
  @Moment()
  to?: Date;
}
