import { Command, Query, Secret, View } from '@aitbc/modulith';
import { Address, Amount, Id, OptionalField } from '@aitbc/platform';
import { IsIn } from 'class-validator';

/** A stored keystore: encrypted with the password, then with the server's master key. */
export class SealedKeystoreView extends View {
  @Secret() keystore: string;
}

/** The number of the caller's wallets. */
export class CountWallets extends Query<number> {}

/**
 * Internal, before time is spent on a password: counts the attempt, and rejects it while earlier ones impose a wait. A
 * separate transaction, so that the count persists if the password is wrong, and concurrent attempts count in full.
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

/** The transaction signed earlier for a message of the caller; null if there is none. */
export class FindSignedTransfer extends Query<SignedTransferView | null> {
  @IsIn(['transfer', 'faucet']) kind: 'transfer' | 'faucet';
  @Id() purpose: string;
}

/**
 * Internal: signs a transfer, from the wallet or, without one, from the faucet. A separate transaction, so that callers
 * can serialise the transfers of one account, which compete for its next nonce.
 * @throws WalletLocked, InsufficientFunds
 */
export class SignTransfer extends Command<SignedTransferView> {
  /** The requesting message, served once. */
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

/** Internal, before a unit of work opens: the parts of a transaction that are still to be submitted. */
export class GetOutgoingTransaction extends Query<OutgoingTransactionView> {
  @Id() transactionId: string;
}

export class FollowedBlockView extends View {
  number: number;
}

/** Internal: the last block that this module has processed; a chain replica must not be behind it. */
export class GetFollowedBlock extends Query<FollowedBlockView> {}
