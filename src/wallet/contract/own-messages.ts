import { Command, Query, Secret, View } from '@aitbc/modulith';
import { Address, Amount, Id, OptionalField } from '@aitbc/platform';
import { IsIn } from 'class-validator';

/** A keystore as it is stored: encrypted under the password, and that under the server's master key. */
export class SealedKeystoreView extends View {
  @Secret() keystore: string;
}

/** How many wallets the caller has. */
export class CountWallets extends Query<number> {}

/**
 * The module asks itself, before it spends time on a password: counts the try and refuses while earlier ones still cost a wait. A
 * transaction of its own, so that the count stays when the password turns out to be wrong, and tries at once count as many.
 * @throws WalletNotFound, TooManyAttempts
 */
export class ReserveUnlockAttempt extends Command<SealedKeystoreView> {
  @Id() walletId: string;
}

export class SignedTransferView extends View {
  id: string;
  hash: string;
  createdAt: Date;
}

/** What was signed for a message of the caller's before; null where nothing was. */
export class FindSignedTransfer extends Query<SignedTransferView | null> {
  @IsIn(['transfer', 'faucet']) kind: 'transfer' | 'faucet';
  @Id() purpose: string;
}

/**
 * The module asks itself to sign a transfer, from the wallet or, without one, from the faucet. A transaction of its own, so that whoever
 * asks can let those of one account follow each other: they compete for its next nonce.
 * @throws WalletLocked, InsufficientFunds
 */
export class SignTransfer extends Command<SignedTransferView> {
  /** The message that asked for it: served once. */
  @Id() purpose: string;
  @IsIn(['transfer', 'faucet']) kind: 'transfer' | 'faucet';
  @OptionalField() @Id() walletId?: string;
  @Address() sender: string;
  @Address() to: string;
  @Amount({ positive: true }) amount: bigint;
  @Amount({ positive: true }) gas: bigint;
}

export class OutgoingTransactionView extends View {
  /** Whether it is neither in a block nor given up. */
  isOpen: boolean;
  raw: string;
  hash: string;
}

/** The module asks itself, before it opens a unit of work, what of a transaction is still to be offered to the chain. */
export class GetOutgoingTransaction extends Query<OutgoingTransactionView> {
  @Id() transactionId: string;
}

export class FollowedBlockView extends View {
  number: number;
}

/** The module asks itself up to which block it knows the chain: the replica that it asks must not know less. */
export class GetFollowedBlock extends Query<FollowedBlockView> {}
