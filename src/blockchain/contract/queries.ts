import { Query } from '@aitbc/modulith';
import { Address, Amount, MAX_INTEGER, OptionalField, type Page, PageQuery, Text, WholeNumber } from '@aitbc/platform';
import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsEthereumAddress } from 'class-validator';
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

const HASH = /^0x[0-9a-fA-F]{64}$/;
const NUMBER_OR_HASH = /^(\d{1,15}|0x[0-9a-fA-F]{64})$/;
const CALL_DATA = { max: 2 * 131_072 + 2, pattern: /^0x([0-9a-fA-F]{2})*$/, says: 'must be bytes in hex' } as const;

export class GetHead extends Query<HeadView> {}

export class GetChain extends Query<ChainView> {}

export class GetFees extends Query<FeesView> {}

export class GetBlockchainSummary extends Query<BlockchainSummaryView> {}

/** Newest first. */
export class ListBlocks extends PageQuery<Page<BlockView>> {}

export class GetBlock extends Query<BlockView> {
  @ApiProperty({ example: '42' })
  @Text({ max: 66, pattern: NUMBER_OR_HASH, says: 'must be a number or a hash of 32 bytes in hex' })
  block: string;
}

/** The effects of a block on accounts, for ledgers. */
export class GetBlockEffects extends Query<BlockEffectsView> {
  @WholeNumber({ min: 0, max: MAX_INTEGER }) number: number;
  /**
   * The contracts whose logs to return; all if absent. A foreign contract can log more in one block than an answer
   * holds.
   */
  @OptionalField() @IsArray() @ArrayMaxSize(1_000) @IsEthereumAddress({ each: true }) logsOf?: string[];
}

export class GetTransaction extends Query<TransactionView> {
  @Text({ max: 66, pattern: HASH, says: 'must be 32 bytes in hex' }) hash: string;
}

export class GetAccount extends Query<AccountView> {
  @Address() address: string;
  /** A block that the caller knows: a replica without it is not ready to answer. */
  @OptionalField() @WholeNumber({ min: 0, max: MAX_INTEGER }) notBefore?: number;
}

/** A read-only call at the head. @returns its return data, hex. */
export class CallContract extends Query<string> {
  @Address() to: string;
  @Text(CALL_DATA) data: string;
  @Address({ optional: true }) from?: string;
  /** See GetAccount. */
  @OptionalField() @WholeNumber({ min: 0, max: MAX_INTEGER }) notBefore?: number;
}

export class EstimateGas extends Query<EstimateView> {
  @Address() from: string;
  @Address({ optional: true }) to?: string;
  @OptionalField() @Text(CALL_DATA) data?: string;
  @Amount({ optional: true }) value?: bigint;
}

/**
 * One reading JSON-RPC call. @returns the JSON text of its outcome, `{"result":…}` or `{"error":{code,message,data?}}`,
 * as encoded by `packText`. (`eth_sendRawTransaction` is the command SubmitTransaction.)
 */
export class CallRpc extends Query<string | Uint8Array> {
  @Text({ max: 100 }) method: string;
  @ApiPropertyOptional() @IsArray() params: unknown[];
}
