import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import type { BlockEffectsView, TransactionEffectView } from '../../blockchain/contract/index.js';
import { OPEN_STATUSES, OutgoingTransaction } from './outgoing-transaction.entity.js';
import { Submission } from './submission.js';

/** Reads the outcomes of transactions signed here from blocks. */
@Injectable()
export class TransactionOutcomes {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly submission: Submission,
  ) {}

  async take({ number, transactions }: BlockEffectsView): Promise<void> {
    const senders = [...new Set(transactions.map(({ from }) => from))];
    const candidates = await this.outgoing.findBy([
      { hash: In(transactions.map(({ hash }) => hash)) },
      { sender: In(senders), status: In([...OPEN_STATUSES]) },
    ]);
    const changed = candidates.filter((candidate) => this.settle(candidate, number, transactions));
    for (const transaction of changed) {
      if (transaction.status !== 'confirmed') this.submission.announceFailure(transaction);
    }
    if (changed.length > 0) await this.outgoing.save(changed);
  }

  /** @returns whether the block settled the transaction */
  private settle(
    candidate: OutgoingTransaction,
    blockNumber: number,
    transactions: readonly TransactionEffectView[],
  ): boolean {
    const own = transactions.find(({ hash }) => hash === candidate.hash);
    if (own) {
      candidate.included(blockNumber, own.succeeded);
      return true;
    }
    const taken = transactions.some(({ from, nonce }) => from === candidate.sender && nonce === candidate.nonce);
    if (taken) candidate.superseded();
    return taken;
  }
}
