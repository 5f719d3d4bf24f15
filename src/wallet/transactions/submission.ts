import { continueTrace, DomainError } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { InsufficientFunds, InvalidTransaction, NonceTooLow, Underpriced } from '../../blockchain/contract/index.js';
import { EscrowLockFailed } from '../contract/events.js';
import { GetOutgoingTransaction } from '../contract/own-messages.js';
import { Chain } from './chain.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';

/** The chain's answer to a transaction. */
export type Verdict =
  | { readonly kind: 'accepted' }
  /** It is in a block; processing that block sets the outcome. */
  | { readonly kind: 'included' }
  /** Another transaction has its nonce, possibly in a block processed before this one was signed. */
  | { readonly kind: 'superseded' }
  /** It is already final and must not be submitted any more. */
  | { readonly kind: 'over' }
  | { readonly kind: 'refused'; readonly code: string; readonly hopeless: boolean }
  /** Unavailable, or no room: try again. */
  | { readonly kind: 'later' };

/** Submits signed transactions to the chain and records the answers. */
@Injectable()
export class Submission {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly chain: Chain,
    private readonly queries: QueryBus,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Uses up a free nonce with a no-op transaction. Failures are retried in the next run. */
  async fill(filler: string): Promise<void> {
    await this.verdictOf(filler);
  }

  /**
   * Outside a unit of work. A transaction that was given up meanwhile is not submitted: it would execute a transfer
   * already announced as failed.
   */
  async offer(transactionId: string): Promise<Verdict> {
    const { isOpen, raw, hash } = await this.queries.execute(GetOutgoingTransaction.of({ transactionId }));
    if (!isOpen) return { kind: 'over' };
    const verdict = await this.verdictOf(raw);
    if (verdict.kind !== 'used') return verdict;
    return { kind: (await this.chain.includes(hash)) ? 'included' : 'superseded' };
  }

  private async verdictOf(raw: string): Promise<Verdict | { kind: 'used' }> {
    try {
      await this.chain.submit(raw);
      return { kind: 'accepted' };
    } catch (error) {
      if (error instanceof NonceTooLow) return { kind: 'used' };
      if (error instanceof InsufficientFunds) {
        return { kind: 'refused', code: 'wallet.insufficient_funds', hopeless: false };
      }
      if (error instanceof Underpriced) return { kind: 'refused', code: error.code, hopeless: false };
      if (error instanceof InvalidTransaction) return { kind: 'refused', code: error.code, hopeless: true };
      if (error instanceof DomainError) return { kind: 'later' };
      throw error;
    }
  }

  /** Inside a unit of work. */
  async record(transactionId: string, verdict: Verdict): Promise<void> {
    const transaction = await this.outgoing.findOneBy({ id: transactionId });
    if (!transaction?.isOpen) return;
    const now = this.clock.now();
    switch (verdict.kind) {
      case 'accepted':
        transaction.accepted(now);
        break;
      case 'refused':
        transaction.refused(verdict.code, verdict.hopeless, now);
        break;
      case 'superseded':
        transaction.superseded();
        break;
      default:
        transaction.putOff(now);
    }
    if (!transaction.isOpen) this.announceFailure(transaction);
    await this.outgoing.save(transaction);
  }

  /** The booking must learn that its lock will not come. Inside a unit of work. */
  announceFailure({ kind, purpose: bookingId, failure, traceparent }: OutgoingTransaction): void {
    if (kind !== 'escrow_lock') return;
    const code = failure ?? 'wallet.reverted';
    const detail = 'The chain did not lock the money.';
    continueTrace(traceparent ?? undefined, () =>
      this.events.publish(EscrowLockFailed.of({ bookingId, code, detail })),
    );
  }
}
