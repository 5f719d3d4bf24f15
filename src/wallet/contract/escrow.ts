import { Command, Query, View } from '@aitbc/modulith';
import { Address, Amount, Id, Moment, Text } from '@aitbc/platform';

export class SpendableView extends View {
  @Address() address: string;
}

/**
 * Whether a wallet of the principal's can lock `amount` now, gas included.
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
  /** The treasury's part of what a provider earns, in hundredths of a percent. */
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

/** The platform puts its name to a receipt. For other modules; users have no way to it. */
export class CountersignReceipt extends Command<CountersignatureView> {
  /** 0x hex of 32 bytes. */
  @Text({ max: 66, pattern: /^0x[0-9a-f]{64}$/, says: 'must be 0x and 64 lower case hex digits' })
  digest: string;
}
