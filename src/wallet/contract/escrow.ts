import { Command, Query, View } from '@aitbc/modulith';
import { Address, Amount, Id, Moment, Text } from '@aitbc/platform';

export class SpendableView extends View {
  @Address() address: string;
}

/**
 * Whether one of the principal's wallets can lock `amount` now, including gas.
 * @throws WalletNotFound, WalletLocked, InsufficientFunds
 */
export class CheckSpendable extends Query<SpendableView> {
  @Id() walletId: string;
  @Amount() amount: bigint;
}

/** The escrow contract that new bookings use. */
export class EscrowTermsView extends View {
  @Address() address: string;
  chainId: number;
  @Address() arbiter: string;
  @Address() treasury: string;
  /** The treasury's share of a provider's earnings, in hundredths of a percent. */
  feeBasisPoints: number;
}

/** @throws EscrowNotReady until the contract's deployment is confirmed */
export class GetEscrowTerms extends Query<EscrowTermsView> {}

/** A transaction for a client to sign and send with its own tools. */
export class LockInstructionsView extends View {
  @Address() to: string;
  data: string;
  /** Base units of AIT. */
  value: bigint;
  chainId: number;
}

/** @throws EscrowNotReady until the contract's deployment is confirmed */
export class GetLockInstructions extends Query<LockInstructionsView> {
  @Id() bookingId: string;
  @Address() providerAddress: string;
  @Amount({ positive: true }) amount: bigint;
  @Moment() expiresAt: Date;
}

export class CountersignatureView extends View {
  /** EIP-191 signature over the 32 bytes, 0x hex of r, s and v. */
  signature: string;
  @Address() address: string;
}

/** Signs a receipt with the platform's key. For other modules; not available to users. */
export class CountersignReceipt extends Command<CountersignatureView> {
  /** 0x hex of 32 bytes. */
  @Text({ max: 66, pattern: /^0x[0-9a-f]{64}$/, says: 'must be 0x and 64 lower case hex digits' })
  digest: string;
}
