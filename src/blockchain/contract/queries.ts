import { Query } from '@aitbc/modulith';
import { Address, Amount, type Page, PageQuery } from '@aitbc/platform';
import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { IsArray, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import type {
  AccountView,
  BlockchainSummaryView,
  BlockEffectsView,
  BlockView,
  ChainView,
  EstimateView,
  FeesView,
  HeadView,
  TransactionView,
} from './views.js';

const HEX = /^0x([0-9a-fA-F]{2})*$/;
const HASH = /^0x[0-9a-fA-F]{64}$/;
const NUMBER_OR_HASH = /^(\d{1,15}|0x[0-9a-fA-F]{64})$/;
const MAX_CALL_DATA = 2 * 131_072 + 2;

export class GetHead extends Query<HeadView> {}

export class GetChain extends Query<ChainView> {}

export class GetFees extends Query<FeesView> {}

export class GetBlockchainSummary extends Query<BlockchainSummaryView> {}

/** Newest first. */
export class ListBlocks extends PageQuery<Page<BlockView>> {}

export class GetBlock extends Query<BlockView> {
  @ApiProperty({ example: '42' })
  @Matches(NUMBER_OR_HASH, { message: 'block must be a number or a hash of 32 bytes in hex' })
  block: string;
}

/** What a block did to accounts, for whoever keeps a ledger. */
export class GetBlockEffects extends Query<BlockEffectsView> {
  @IsInt() @Min(0) number: number;
}

export class GetTransaction extends Query<TransactionView> {
  @Matches(HASH, { message: 'hash must be 32 bytes in hex' }) hash: string;
}

export class GetAccount extends Query<AccountView> {
  @Address() address: string;
  /** A block that the asker knows: a replica that does not have it is not ready to answer. */
  @IsOptional() @IsInt() @Min(0) notBefore?: number;
}

/** A call at the head that changes nothing. @returns what it returned, hex. */
export class CallContract extends Query<string> {
  @Address() to: string;
  @Matches(HEX) @MaxLength(MAX_CALL_DATA) data: string;
  @Address({ optional: true }) from?: string;
  /** As of GetAccount. */
  @IsOptional() @IsInt() @Min(0) notBefore?: number;
}

export class EstimateGas extends Query<EstimateView> {
  @Address() from: string;
  @Address({ optional: true }) to?: string;
  @IsOptional() @Matches(HEX) @MaxLength(MAX_CALL_DATA) data?: string;
  @Amount({ optional: true }) value?: bigint;
}

/**
 * One JSON-RPC call that reads. @returns the JSON text of its outcome: `{"result":…}` or `{"error":{code,message,data?}}`.
 * (`eth_sendRawTransaction` is the command SubmitTransaction.)
 */
export class CallRpc extends Query<string> {
  @IsString() @MaxLength(100) method: string;
  @ApiPropertyOptional() @IsArray() params: unknown[];
}
