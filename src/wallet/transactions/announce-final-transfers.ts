import { continueTrace } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntitySubscriberInterface, type UpdateEvent } from 'typeorm';
import { type FinalTransferStatus, TransferFinished } from '../contract/events.js';
import { TRANSFER_KINDS, type TransferKind } from '../contract/transfers.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';

/** Publishes the outcomes of users' transfers, on commit. */
@Injectable()
export class AnnounceFinalTransfers implements EntitySubscriberInterface<OutgoingTransaction> {
  constructor(
    @InjectDataSource('wallet') dataSource: DataSource,
    private readonly events: EventBus,
  ) {
    dataSource.subscribers.push(this);
  }

  listenTo() {
    return OutgoingTransaction;
  }

  afterUpdate({ entity, updatedColumns }: UpdateEvent<OutgoingTransaction>): void {
    if (!updatedColumns.some(({ propertyName }) => propertyName === 'status')) return;
    const transaction = entity as OutgoingTransaction;
    if (!transaction.isOpen && isOfUser(transaction)) this.announce(transaction);
  }

  private announce(transaction: OutgoingTransaction & OfUser): void {
    const { id: transferId, walletId, requestedBy: userId, kind, recipient: to, amount, traceparent } = transaction;
    const finished = TransferFinished.of({
      walletId,
      transferId,
      userId,
      kind,
      status: transaction.status as FinalTransferStatus,
      to,
      amount,
      transactionHash: transaction.hash,
      failure: transaction.failure ?? undefined,
    });
    continueTrace(traceparent ?? undefined, () => this.events.publish(finished));
  }
}

interface OfUser {
  readonly kind: TransferKind;
  readonly walletId: string;
  readonly requestedBy: string;
  readonly recipient: string;
}

/** The platform's own transactions are no user's transfer. */
function isOfUser(transaction: OutgoingTransaction): transaction is OutgoingTransaction & OfUser {
  const isTransfer = (TRANSFER_KINDS as readonly string[]).includes(transaction.kind);
  return isTransfer && transaction.walletId !== null && transaction.requestedBy !== null;
}
