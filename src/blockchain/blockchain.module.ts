import { ModulithModule } from '@aitbc/modulith';
import { AppConfig, CachingModule } from '@aitbc/platform';
import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ChainMetrics } from './chain-metrics.js';
import { BlockStore } from './chain/block-store.js';
import { Chain } from './chain/chain.js';
import { ChainAnswers } from './chain/chain-answers.js';
import { ChainSettings } from './chain/chain-settings.js';
import { blockchainContract } from './contract/index.js';
import { blockchainDatabase } from './database.js';
import { CallContractHandler, EstimateGasHandler } from './explorer/call-contract.js';
import { GetAccountHandler } from './explorer/get-account.js';
import { GetBlockEffectsHandler } from './explorer/get-block-effects.js';
import { GetBlockHandler, ListBlocksHandler } from './explorer/get-block.js';
import { GetBlockchainSummaryHandler, GetChainHandler, GetFeesHandler, GetHeadHandler } from './explorer/get-chain.js';
import { GetTransactionHandler } from './explorer/get-transaction.js';
import { TransactionPool } from './mempool/transaction-pool.js';
import { ChainReads } from './reads/chain-reads.js';
import { ForgetLeavers } from './reads/forget-leavers.js';
import { WatchReads } from './reads/watch-reads.js';
import { CallRpcHandler } from './rpc/call-rpc.js';
import { ChainRecords } from './rpc/chain-records.js';
import { RpcMethods } from './rpc/rpc-methods.js';
import { SealBlocks } from './sealing/seal-blocks.js';
import { WatchHeadAge } from './sealing/watch-head-age.js';
import { SubmitTransactionHandler } from './transactions/submit-transaction.js';

const settings = {
  provide: ChainSettings,
  inject: [AppConfig, getDataSourceToken('blockchain')],
  useFactory: (config: AppConfig, dataSource: DataSource) => new ChainSettings(config, dataSource),
};

@Module({
  imports: [ModulithModule.forModule(blockchainContract, blockchainDatabase), CachingModule],
  providers: [
    settings,
    BlockStore,
    ChainReads,
    ForgetLeavers,
    Chain,
    ChainAnswers,
    TransactionPool,
    SealBlocks,
    ChainMetrics,
    WatchHeadAge,
    WatchReads,
    ChainRecords,
    RpcMethods,
    SubmitTransactionHandler,
    CallContractHandler,
    CallRpcHandler,
    EstimateGasHandler,
    GetAccountHandler,
    GetBlockchainSummaryHandler,
    GetBlockEffectsHandler,
    GetBlockHandler,
    GetChainHandler,
    GetFeesHandler,
    GetHeadHandler,
    GetTransactionHandler,
    ListBlocksHandler,
  ],
})
export class BlockchainModule {}
