import { ApiPage, type Page } from '@aitbc/platform';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  AccountView,
  BlockView,
  ChainView,
  GetAccount,
  GetBlock,
  GetChain,
  GetTransaction,
  ListBlocks,
  TransactionView,
} from '../contract/index.js';
import { ParseChainAddress } from './parse-chain-address.js';

/** The chain for explorers: public, read only. */
@Controller('v1/chain')
@ApiTags('blockchain')
export class ChainController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'The chain and its newest block' })
  @ApiOkResponse({ type: ChainView })
  getChain(): Promise<ChainView> {
    return this.queries.execute(GetChain.of({}));
  }

  @Get('blocks')
  @ApiOperation({ summary: 'Blocks, newest first' })
  @ApiPage(BlockView)
  listBlocks(@Query() query: ListBlocks): Promise<Page<BlockView>> {
    return this.queries.execute(query);
  }

  @Get('blocks/:numberOrHash')
  @ApiOperation({ summary: 'One block' })
  @ApiParam({ name: 'numberOrHash', example: '42' })
  @ApiOkResponse({ type: BlockView })
  getBlock(@Param('numberOrHash') block: string): Promise<BlockView> {
    return this.queries.execute(GetBlock.of({ block }));
  }

  @Get('transactions/:hash')
  @ApiOperation({ summary: 'One transaction, waiting or in a block' })
  @ApiParam({ name: 'hash', example: '0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060' })
  @ApiOkResponse({ type: TransactionView })
  getTransaction(@Param('hash') hash: string): Promise<TransactionView> {
    return this.queries.execute(GetTransaction.of({ hash }));
  }

  @Get('accounts/:address')
  @ApiOperation({ summary: 'Balance and nonce of an account' })
  @ApiParam({ name: 'address', example: '0x52908400098527886E0F7030069857D2E4169EE7' })
  @ApiOkResponse({ type: AccountView })
  getChainAccount(@Param('address', ParseChainAddress) address: string): Promise<AccountView> {
    return this.queries.execute(GetAccount.of({ address }));
  }
}
