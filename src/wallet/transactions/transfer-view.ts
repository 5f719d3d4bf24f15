import { type TransferKind, TransferView } from '../contract/transfers.js';
import type { OutgoingTransaction } from './outgoing-transaction.entity.js';

/** Only for wallet transactions: those have a wallet, a recipient and a kind that users know. */
export function toTransferView(transaction: OutgoingTransaction): TransferView {
  const { id, amount, status, failure, blockNumber, createdAt } = transaction;
  return TransferView.of({
    id,
    walletId: transaction.walletId!,
    kind: transaction.kind as TransferKind,
    to: transaction.recipient!,
    amount,
    transactionHash: transaction.hash,
    status,
    failure,
    blockNumber,
    createdAt,
  });
}
