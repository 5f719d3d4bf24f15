import { Clock, exportGauge, replaceMetric } from '@aitbc/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { Chain } from './chain/chain.js';
import type { PackedHeader } from './engine/packed-block.js';
import { TransactionPool } from './mempool/transaction-pool.js';

/** Exports the growth of the chain. Blocks are counted where they are sealed, on one replica: use `sum`. */
@Injectable()
export class ChainMetrics implements OnModuleInit {
  private readonly interval = replaceMetric(
    'aitbc_chain_block_interval_seconds',
    (name) =>
      new Histogram({
        name,
        help: 'Time between a block and the one before, where it was sealed; an idle chain has one a minute',
        buckets: [1, 1.25, 1.5, 2, 3, 5, 10, 30, 60, 90, 180],
      }),
  );
  private readonly transactions = replaceMetric(
    'aitbc_chain_transactions_total',
    (name) => new Counter({ name, help: 'Transactions in the blocks sealed here' }),
  );
  private readonly gas = replaceMetric(
    'aitbc_chain_gas_used_total',
    (name) => new Counter({ name, help: 'Gas used by the blocks sealed here' }),
  );

  constructor(
    private readonly chain: Chain,
    private readonly pool: TransactionPool,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const { chain, pool, clock } = this;
    exportGauge({
      name: 'aitbc_chain_head_age_seconds',
      help: 'Time since the last block; replicas say about the same: use max',
      read: async () => {
        const head = await chain.newest();
        return head ? Math.max(0, clock.now().getTime() - head.sealedAt.getTime()) / 1_000 : [];
      },
    });
    exportGauge({
      name: 'aitbc_chain_head_number',
      help: 'Number of the last block; replicas say about the same: use max',
      read: async () => (await chain.newest())?.number ?? [],
    });
    exportGauge({
      name: 'aitbc_mempool_transactions',
      help: 'Transactions that wait for a block; replicas say about the same: use max',
      read: () => pool.size,
    });
    exportGauge({
      name: 'aitbc_mempool_fill_ratio',
      help: 'The same as a share of the room for them: use max',
      read: () => pool.size / pool.room,
    });
  }

  sealed({ transactionCount, gasUsed }: PackedHeader, sinceLastMs: number): void {
    this.interval.observe(sinceLastMs / 1_000);
    this.transactions.inc(transactionCount);
    this.gas.inc(gasUsed);
  }
}
