import { bytesToHex } from '@ethereumjs/util';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { getAddress, parseTransaction } from 'viem';
import { BlockStore } from '../chain/block-store.js';
import { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { TransactionNotFound } from '../contract/errors.js';
import { GetTransaction } from '../contract/queries.js';
import { TransactionView } from '../contract/views.js';
import type { PooledTransaction } from '../mempool/pooled-transaction.js';
import { TransactionPool } from '../mempool/transaction-pool.js';

@QueryHandler(GetTransaction)
export class GetTransactionHandler implements IQueryHandler<GetTransaction> {
  constructor(
    @InjectRepository(StoredTransaction, 'blockchain') private readonly transactions: Repository<StoredTransaction>,
    private readonly store: BlockStore,
    private readonly pool: TransactionPool,
  ) {}

  async execute(query: GetTransaction): Promise<TransactionView> {
    const hash = query.hash.toLowerCase();
    const stored = await this.transactions.findOneBy({ hash });
    if (stored !== null) return toMinedView(stored, (await this.store.hashOf(stored.blockNumber))!);
    const waiting = this.pool.find(hash);
    if (waiting === undefined)
      throw this.pool.wasTooSlow(hash) ? TransactionNotFound.tooSlow(hash) : new TransactionNotFound(hash);
    return toPendingView(waiting);
  }
}

function toMinedView(transaction: StoredTransaction, blockHash: string): TransactionView {
  const { hash, succeeded, blockNumber, sender, recipient, value, nonce, fee, gasUsed, contractAddress } = transaction;
  return TransactionView.of({
    hash,
    status: succeeded ? 'succeeded' : 'reverted',
    blockNumber,
    blockHash,
    from: getAddress(sender),
    to: recipient && getAddress(recipient),
    value,
    nonce,
    fee,
    gasUsed,
    contractAddress: contractAddress && getAddress(contractAddress),
  });
}

function toPendingView({ hash, raw, sender, nonce }: PooledTransaction): TransactionView {
  const { to, value } = parseTransaction(bytesToHex(raw));
  return TransactionView.of({
    hash,
    status: 'pending',
    blockNumber: null,
    blockHash: null,
    from: getAddress(sender),
    to: to ? getAddress(to) : null,
    value: value ?? 0n,
    nonce: Number(nonce),
    fee: null,
    gasUsed: null,
    contractAddress: null,
  });
}
