import { continueTrace, DomainError } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { InsufficientFunds, InvalidTransaction, NonceTooLow, Underpriced } from '../../blockchain/contract/index.js';
import { EscrowLockFailed } from '../contract/events.js';
import { Chain } from './chain.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';

/** What the chain said to a transaction. */
export type Verdict =
  | { readonly kind: 'accepted' }
  /** Its nonce is used: by itself in a block, or by another; the block will tell. */
  | { readonly kind: 'used' }
  | { readonly kind: 'refused'; readonly code: string; readonly hopeless: boolean }
  /** Nobody there, or no room: try again. */
  | { readonly kind: 'later' };

/** Offers signed transactions to the chain and keeps what it said. */
@Injectable()
export class Submission {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly chain: Chain,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Outside a unit of work. */
  async offer(raw: string): Promise<Verdict> {
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
    if (verdict.kind === 'accepted') transaction.accepted(now);
    else if (verdict.kind === 'refused') {
      if (transaction.refused(verdict.code, verdict.hopeless, now)) this.announceFailure(transaction);
    } else transaction.triedAt = now;
    await this.outgoing.save(transaction);
  }

  /** Whoever waits for a lock must hear that it will not come. Inside a unit of work. */
  announceFailure({ kind, purpose: bookingId, failure, traceparent }: OutgoingTransaction): void {
    if (kind !== 'escrow_lock') return;
    const code = failure ?? 'wallet.reverted';
    const detail = 'The chain did not lock the money.';
    continueTrace(traceparent ?? undefined, () =>
      this.events.publish(EscrowLockFailed.of({ bookingId, code, detail })),
    );
  }
}
