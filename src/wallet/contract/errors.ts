import { DomainError } from '@aitbc/modulith';
import { formatAmount } from '@aitbc/platform';

/** The wallet does not exist, or belongs to another user. */
export class WalletNotFound extends DomainError {
  static override readonly code = 'wallet.not_found';
  static override readonly kind = 'not_found';
  constructor(walletId: string) {
    super('There is no such wallet.', { walletId });
  }
}

export class WalletLocked extends DomainError {
  static override readonly code = 'wallet.locked';
  static override readonly kind = 'conflict';
  constructor(walletId: string) {
    super('The wallet is locked; unlock it first.', { walletId });
  }
}

export class WrongPassword extends DomainError {
  static override readonly code = 'wallet.wrong_password';
  // Not a failed sign-in: clients end the session on a 401.
  static override readonly kind = 'forbidden';
  constructor(walletId: string) {
    super('The password of the wallet is wrong.', { walletId });
  }
}

export class TooManyAttempts extends DomainError {
  static override readonly code = 'wallet.too_many_attempts';
  static override readonly kind = 'too_many';
  constructor(walletId: string, retryAfterSeconds: number) {
    super('Too many wrong passwords; wait before the next try.', { walletId, retryAfterSeconds });
  }
}

export class InvalidMnemonic extends DomainError {
  static override readonly code = 'wallet.invalid_mnemonic';
  static override readonly kind = 'unprocessable';
  constructor() {
    super('The mnemonic is not valid BIP-39 English.', { field: 'mnemonic' });
  }
}

export class WalletExists extends DomainError {
  static override readonly code = 'wallet.exists';
  static override readonly kind = 'conflict';
  constructor(address: string) {
    super('You have a wallet with this address already.', { address });
  }
}

export class InsufficientFunds extends DomainError {
  static override readonly code = 'wallet.insufficient_funds';
  static override readonly kind = 'unprocessable';
  /** @param needed including the maximum fee, base units */
  constructor(address: string, needed: bigint, available: bigint) {
    super(
      `This needs up to ${formatAmount(needed)} AIT, fees included; ${formatAmount(available)} AIT are available.`,
      {
        address,
        needed: formatAmount(needed),
        available: formatAmount(available),
      },
    );
  }
}

/** In production always, elsewhere when operators close it. */
export class FaucetClosed extends DomainError {
  static override readonly code = 'wallet.faucet_closed';
  static override readonly kind = 'forbidden';
  constructor() {
    super('The faucet is closed.');
  }
}

export class FaucetExhausted extends DomainError {
  static override readonly code = 'wallet.faucet_exhausted';
  static override readonly kind = 'too_many';
  constructor(retryAfterSeconds: number) {
    super('The faucet has given you enough for now.', { retryAfterSeconds });
  }
}

export class EscrowNotReady extends DomainError {
  static override readonly code = 'wallet.escrow_not_ready';
  static override readonly kind = 'unavailable';
  constructor() {
    super('The escrow contract is being deployed; try again shortly.', { retryAfterSeconds: 2 });
  }
}
