import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { getAddress } from 'viem';
import { BlockStore } from '../chain/block-store.js';
import { Chain } from '../chain/chain.js';
import { GetBlockchainSummary, GetChain, GetFees, GetHead } from '../contract/queries.js';
import { BlockchainSummaryView, ChainView, FeesView, HeadView } from '../contract/views.js';
import { TransactionPool } from '../mempool/transaction-pool.js';
import { nextBaseFee, SUGGESTED_TIP } from '../sealing/fees.js';

@QueryHandler(GetHead)
export class GetHeadHandler implements IQueryHandler<GetHead> {
  constructor(private readonly chain: Chain) {}

  async execute(): Promise<HeadView> {
    const { number, hash, sealedAt } = await this.chain.head();
    return HeadView.of({ number, hash, timestamp: sealedAt });
  }
}

@QueryHandler(GetChain)
export class GetChainHandler implements IQueryHandler<GetChain> {
  constructor(
    private readonly chain: Chain,
    private readonly store: BlockStore,
    private readonly pool: TransactionPool,
  ) {}

  async execute(): Promise<ChainView> {
    const { number, hash, sealedAt } = await this.chain.head();
    const { chainId, validators } = this.chain.settings.genesis;
    return ChainView.of({
      chainId,
      genesisHash: (await this.store.hashOf(0))!,
      headNumber: number,
      headHash: hash,
      headTimestamp: sealedAt,
      validators: validators.map((validator) => getAddress(validator)),
      pendingTransactions: this.pool.size,
    });
  }
}

@QueryHandler(GetFees)
export class GetFeesHandler implements IQueryHandler<GetFees> {
  constructor(private readonly chain: Chain) {}

  async execute(): Promise<FeesView> {
    const head = await this.chain.head();
    const baseFee = nextBaseFee(head.baseFee, BigInt(head.gasUsed), this.chain.settings.genesis.gasLimit);
    return FeesView.of({ baseFee, gasPrice: baseFee + SUGGESTED_TIP, priorityFee: SUGGESTED_TIP });
  }
}

@QueryHandler(GetBlockchainSummary)
export class GetBlockchainSummaryHandler implements IQueryHandler<GetBlockchainSummary> {
  constructor(
    private readonly chain: Chain,
    private readonly pool: TransactionPool,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<BlockchainSummaryView> {
    const { number, sealedAt } = await this.chain.head();
    const headAgeSeconds = Math.max(0, Math.round((this.clock.now().getTime() - sealedAt.getTime()) / 1000));
    return BlockchainSummaryView.of({ headNumber: number, headAgeSeconds, mempoolSize: this.pool.size });
  }
}
