import { currentTraceparent } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Address, Hex } from 'viem';
import { InsufficientFunds } from '../contract/errors.js';
import { TransactionSigned } from '../contract/events.js';
import type { Quote } from './chain.js';
import { feesFor, TRANSFER_GAS } from './fees.js';
import { nextNonce } from './nonce.js';
import { OPEN_STATUSES, type OutgoingKind, OutgoingTransaction } from './outgoing-transaction.entity.js';
import { highestCost, signTransaction, type UnsignedTransaction } from './sign-transaction.js';

/** The transaction to sign, and its purpose. */
export interface Order {
  readonly kind: OutgoingKind;
  readonly purpose: string;
  readonly walletId?: string;
  readonly requestedBy?: string;
  readonly sender: Address;
  readonly recipient: Address | null;
  readonly amount: bigint;
  readonly data?: Hex;
  readonly gas: bigint;
}

/** Signs transactions, each with its account's next nonce, and has them submitted. Works inside a unit of work. */
@Injectable()
export class TransactionDesk {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Whether a transaction was already signed for this purpose, whatever its outcome. */
  knows(kind: OutgoingKind, purpose: string): Promise<boolean> {
    return this.outgoing.existsBy({ kind, purpose });
  }

  /** Whether the transaction will never be in a block. */
  hasFailed(hash: string): Promise<boolean> {
    return this.outgoing.existsBy({ hash, status: 'failed' });
  }

  /** The account's spendable balance: the balance less the maximum cost of its open transactions. */
  async available(sender: string, { balance, nonce }: Pick<Quote, 'balance' | 'nonce'>): Promise<bigint> {
    const open = await this.openOf(sender);
    // Transactions in blocks are already deducted from the balance, even if still open here.
    const promised = open.filter((each) => each.nonce >= nonce).reduce((sum, each) => sum + each.highestCost, 0n);
    return balance > promised ? balance - promised : 0n;
  }

  /**
   * Stores the signed transaction; it is submitted after the commit.
   * @throws InsufficientFunds if the account cannot pay for it in addition to its open ones
   */
  async sign(order: Order, quote: Quote, privateKey: Uint8Array): Promise<OutgoingTransaction> {
    const { gas, ...what } = order;
    const transaction = Object.assign(
      new OutgoingTransaction(),
      { walletId: null, requestedBy: null, data: '0x' },
      what,
      {
        id: uuidv7(),
        refusedSince: null,
        blockNumber: null,
        traceparent: currentTraceparent() ?? null,
        createdAt: this.clock.now(),
      },
    );
    const unsigned = await this.unsigned(transaction, gas, quote);
    const available = await this.available(order.sender, quote);
    const needed = highestCost(unsigned);
    if (needed > available) throw new InsufficientFunds(order.sender, needed, available);
    return this.store(transaction, unsigned, privateKey);
  }

  /** Signs a transaction again whose nonce is taken, with the next nonce. */
  async signAgain(
    transaction: OutgoingTransaction,
    gas: bigint,
    quote: Quote,
    privateKey: Uint8Array,
  ): Promise<OutgoingTransaction> {
    return this.store(transaction, await this.unsigned(transaction, gas, quote), privateKey);
  }

  private async unsigned(
    { sender, recipient, amount, data }: OutgoingTransaction,
    gas: bigint,
    quote: Quote,
  ): Promise<UnsignedTransaction> {
    const nonce = await this.nextNonceOf(sender, quote.nonce);
    return {
      chainId: quote.chainId,
      nonce,
      to: (recipient as Address | null) ?? undefined,
      value: amount,
      data: data as Hex,
      ...feesFor(gas, quote.fees),
    };
  }

  private async store(transaction: OutgoingTransaction, unsigned: UnsignedTransaction, privateKey: Uint8Array) {
    const sender = transaction.sender as Address;
    const { chainId, nonce, maxFeePerGas, maxPriorityFeePerGas } = unsigned;
    const price = {
      gas: TRANSFER_GAS,
      maxFeePerGas: maxFeePerGas * 2n,
      maxPriorityFeePerGas: maxPriorityFeePerGas * 2n,
    };
    const filler = signTransaction({ chainId, nonce, to: sender, value: 0n, ...price }, privateKey);
    transaction.sign(unsigned, signTransaction(unsigned, privateKey), filler, this.clock.now());
    await this.outgoing.save(transaction);
    this.events.publish(TransactionSigned.of({ sender, transactionId: transaction.id, raw: transaction.raw }));
    return transaction;
  }

  private async nextNonceOf(sender: string, chainNonce: number): Promise<number> {
    const open = await this.openOf(sender);
    const settled = await this.outgoing.maximum('nonce', { sender, status: In(['confirmed', 'reverted']) });
    return nextNonce({ chain: chainNonce, settled: settled ?? -1, open: open.map(({ nonce }) => nonce) });
  }

  private openOf(sender: string): Promise<OutgoingTransaction[]> {
    return this.outgoing.findBy({ sender, status: In([...OPEN_STATUSES]) });
  }
}
