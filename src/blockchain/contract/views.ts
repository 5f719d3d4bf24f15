import { View } from '@aitbc/modulith';
import { Amount } from '@aitbc/platform';
import { ApiProperty, ApiSchema } from '@nestjs/swagger';

const HASH = '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060';
const ADDRESS = '0x52908400098527886E0F7030069857D2E4169EE7';

/** The newest block. */
export class HeadView extends View {
  @ApiProperty({ example: 42 }) number: number;
  @ApiProperty({ example: HASH }) hash: string;
  @ApiProperty() timestamp: Date;
}

export class ChainView extends View {
  @ApiProperty({ example: 7733 }) chainId: number;
  @ApiProperty({ example: HASH }) genesisHash: string;
  @ApiProperty({ example: 42 }) headNumber: number;
  @ApiProperty({ example: HASH }) headHash: string;
  @ApiProperty() headTimestamp: Date;
  @ApiProperty({ type: [String], example: [ADDRESS] }) validators: string[];
  @ApiProperty({ example: 3 }) pendingTransactions: number;
}

export class BlockView extends View {
  @ApiProperty({ example: 42 }) number: number;
  @ApiProperty({ example: HASH }) hash: string;
  @ApiProperty({ example: HASH }) parentHash: string;
  @ApiProperty({ example: HASH }) stateRoot: string;
  @ApiProperty() timestamp: Date;
  @ApiProperty({ example: ADDRESS, description: 'The validator that proposed it' }) proposer: string;
  @ApiProperty({ example: 21_000 }) gasUsed: number;
  @ApiProperty({ example: 1_234, description: 'Bytes' }) size: number;
  @ApiProperty({ example: 1 }) transactionCount: number;
  @ApiProperty({ type: [String], example: [HASH], description: 'Hashes, in order' }) transactions: string[];
}

export class LogView extends View {
  @ApiProperty({ example: ADDRESS }) address: string;
  @ApiProperty({ type: [String], example: [HASH] }) topics: string[];
  @ApiProperty({ example: '0x' }) data: string;
  @ApiProperty({ example: 0, description: 'Position in the block' }) logIndex: number;
}

/** Value moved by a call inside a transaction; excludes the transaction's own value. */
export class InternalTransferView extends View {
  @ApiProperty({ example: ADDRESS }) from: string;
  @ApiProperty({ example: ADDRESS }) to: string;
  @Amount() value: bigint;
}

/** The effects of one transaction of a block. */
export class TransactionEffectView extends View {
  @ApiProperty({ example: HASH }) hash: string;
  @ApiProperty({ example: 0 }) index: number;
  @ApiProperty({ example: ADDRESS }) from: string;
  @ApiProperty({ example: ADDRESS, nullable: true, type: String }) to: string | null;
  @Amount() value: bigint;
  @Amount({ description: 'What the sender paid for gas' }) fee: bigint;
  @ApiProperty({ example: 7 }) nonce: number;
  @ApiProperty({ example: true }) succeeded: boolean;
  @ApiProperty({ example: ADDRESS, nullable: true, type: String }) contractAddress: string | null;
  @ApiProperty({ type: [LogView] }) logs: LogView[];
  @ApiProperty({ type: [InternalTransferView] }) transfers: InternalTransferView[];
}

/** An account's balance before and after a block that changed it. */
export class BalanceChangeView extends View {
  @ApiProperty({ example: ADDRESS }) address: string;
  @Amount() before: bigint;
  @Amount() after: bigint;
}

/** All effects of a block on accounts. */
export class BlockEffectsView extends View {
  @ApiProperty({ example: 42 }) number: number;
  @ApiProperty({ example: HASH }) hash: string;
  @ApiProperty({ example: HASH }) parentHash: string;
  @ApiProperty() timestamp: Date;
  @ApiProperty({ type: [TransactionEffectView] }) transactions: TransactionEffectView[];
  @ApiProperty({ type: [BalanceChangeView] }) balances: BalanceChangeView[];
}

export class TransactionView extends View {
  @ApiProperty({ example: HASH }) hash: string;
  @ApiProperty({ enum: ['pending', 'succeeded', 'reverted'] }) status: 'pending' | 'succeeded' | 'reverted';
  @ApiProperty({ example: 42, nullable: true, type: Number }) blockNumber: number | null;
  @ApiProperty({ example: HASH, nullable: true, type: String }) blockHash: string | null;
  @ApiProperty({ example: ADDRESS }) from: string;
  @ApiProperty({ example: ADDRESS, nullable: true, type: String }) to: string | null;
  @Amount() value: bigint;
  @ApiProperty({ example: 7 }) nonce: number;
  @Amount({ nullable: true, description: 'What the sender paid for gas; null while pending' }) fee: bigint | null;
  @ApiProperty({ example: 21_000, nullable: true, type: Number }) gasUsed: number | null;
  @ApiProperty({ example: ADDRESS, nullable: true, type: String }) contractAddress: string | null;
}

// The wire name stays; in the OpenAPI document `AccountView` is a user.
@ApiSchema({ name: 'ChainAccountView' })
export class AccountView extends View {
  @ApiProperty({ example: ADDRESS }) address: string;
  @Amount() balance: bigint;
  @ApiProperty({ example: 7, description: 'Transactions of this account in the chain' }) nonce: number;
  @ApiProperty({ example: 8, description: 'Nonce of its next transaction, those that wait included' })
  pendingNonce: number;
}

export class TransactionAcceptedView extends View {
  @ApiProperty({ example: HASH }) hash: string;
}

export class EstimateView extends View {
  @ApiProperty({ example: '21000' }) gas: string;
}

/** Prices per gas. */
export class FeesView extends View {
  @Amount() baseFee: bigint;
  @Amount() gasPrice: bigint;
  @Amount() priorityFee: bigint;
}

export class BlockchainSummaryView extends View {
  @ApiProperty({ example: 42 }) headNumber: number;
  @ApiProperty({ example: 12, description: 'Seconds since the newest block' }) headAgeSeconds: number;
  @ApiProperty({ example: 3 }) mempoolSize: number;
}
