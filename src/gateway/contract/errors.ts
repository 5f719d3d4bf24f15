import { DomainError } from '@aitbc/modulith';

export class EmailTaken extends DomainError {
  static override readonly code = 'gateway.email_taken';
  static override readonly kind = 'conflict';
  constructor() {
    super('An account with this email exists already.');
  }
}

export class RegistrationClosed extends DomainError {
  static override readonly code = 'gateway.registration_closed';
  static override readonly kind = 'forbidden';
  constructor() {
    super('No accounts can be opened at the moment.');
  }
}

/** Guaranteed not executed: writes are rejected until the maintenance ends. */
export class Maintenance extends DomainError<{ retryAfterSeconds: number }> {
  static override readonly code = 'gateway.maintenance';
  static override readonly kind = 'unavailable';
  constructor(retryAfterSeconds: number) {
    super('The platform is being maintained: reading goes on, changes have to wait.', { retryAfterSeconds });
  }
}

/** The same for an unknown email and a wrong password, so as not to reveal which accounts exist. */
export class WrongCredentials extends DomainError {
  static override readonly code = 'gateway.wrong_credentials';
  static override readonly kind = 'unauthenticated';
  constructor() {
    super('The email or the password is wrong.');
  }
}

export class TooManyAttempts extends DomainError<{ retryAfterSeconds: number }> {
  static override readonly code = 'gateway.too_many_attempts';
  static override readonly kind = 'too_many';
  constructor(retryAfterSeconds: number) {
    super('Too many sign-ins failed for this account; wait before trying again.', { retryAfterSeconds });
  }
}

export class RateLimited extends DomainError<{ retryAfterSeconds: number; limit: string }> {
  static override readonly code = 'gateway.rate_limited';
  static override readonly kind = 'too_many';
  constructor(limit: string, retryAfterSeconds: number) {
    super('Too many requests; wait before sending the next.', { retryAfterSeconds, limit });
  }
}

/** Returned only after a correct password. */
export class SecondFactorRequired extends DomainError {
  static override readonly code = 'gateway.second_factor_required';
  static override readonly kind = 'unauthenticated';
  constructor() {
    super('This account needs a code of its authenticator app, or a recovery code: send it as `code`.');
  }
}

export class WrongCode extends DomainError {
  static override readonly code = 'gateway.wrong_code';
  static override readonly kind = 'forbidden';
  constructor() {
    super('The code is wrong, too old, or has been used.');
  }
}

export class SecondFactorExists extends DomainError {
  static override readonly code = 'gateway.second_factor_exists';
  static override readonly kind = 'conflict';
  constructor() {
    super('This account has a second factor; remove it before setting up another.');
  }
}

export class SecondFactorNotBegun extends DomainError {
  static override readonly code = 'gateway.second_factor_not_set_up';
  static override readonly kind = 'conflict';
  constructor() {
    super('No second factor has been set up.');
  }
}

/** For a signed-in caller who has to confirm their identity. Not 401: the session is valid. */
export class WrongPassword extends DomainError {
  static override readonly code = 'gateway.wrong_password';
  static override readonly kind = 'forbidden';
  constructor() {
    super('The password is wrong.');
  }
}

export class MailNotConfigured extends DomainError {
  static override readonly code = 'gateway.mail_not_configured';
  static override readonly kind = 'conflict';
  constructor() {
    super('This server sends no mail; ask its operator to set SMTP_URL.');
  }
}

export class MailedTokenInvalid extends DomainError {
  static override readonly code = 'gateway.mailed_code_invalid';
  static override readonly kind = 'gone';
  constructor() {
    super('The code from the mail is wrong, has been used or has expired. Ask for another one.');
  }
}

export class EmailVerifiedAlready extends DomainError {
  static override readonly code = 'gateway.email_verified_already';
  static override readonly kind = 'conflict';
  constructor() {
    super('The email of this account is verified.');
  }
}

export class InvalidToken extends DomainError {
  static override readonly code = 'gateway.invalid_token';
  static override readonly kind = 'unauthenticated';
  constructor() {
    super('The token is not valid.');
  }
}

export class TokenExpired extends DomainError {
  static override readonly code = 'gateway.token_expired';
  static override readonly kind = 'unauthenticated';
  constructor() {
    super('The token has expired.');
  }
}

/** A refresh token was copied; all sessions that descend from the same sign-in end. */
export class RefreshTokenReused extends DomainError {
  static override readonly code = 'gateway.refresh_token_reused';
  static override readonly kind = 'unauthenticated';
  constructor() {
    super('The refresh token was used before; its session has been ended for safety. Sign in again.');
  }
}

/** An operator changed the user's roles or sessions after the token was issued. */
export class TokenWithdrawn extends DomainError {
  static override readonly code = 'gateway.token_withdrawn';
  static override readonly kind = 'unauthenticated';
  constructor() {
    super('The token has been withdrawn. Refresh it, or sign in again.');
  }
}

/** Returned only after proof of ownership. */
export class AccountLocked extends DomainError {
  static override readonly code = 'gateway.account_locked';
  static override readonly kind = 'forbidden';
  constructor() {
    super('The account has been locked by an operator.');
  }
}

export class OwnAccount extends DomainError {
  static override readonly code = 'gateway.own_account';
  static override readonly kind = 'forbidden';
  constructor() {
    super('Nobody changes their own roles or locks themselves; ask somebody else to.');
  }
}

export class LastAdministrator extends DomainError {
  static override readonly code = 'gateway.last_administrator';
  static override readonly kind = 'conflict';
  constructor() {
    super('Nobody else is an administrator who could undo it. Make somebody one first.');
  }
}

export class OnlyAdministratorMay extends DomainError {
  static override readonly code = 'gateway.only_administrator_may';
  static override readonly kind = 'forbidden';
  constructor() {
    super('Only an administrator may do this to an operator or administrator.');
  }
}

export class AccountInUse extends DomainError<{ openBookings: boolean; walletsWithBalance: number }> {
  static override readonly code = 'gateway.account_in_use';
  static override readonly kind = 'conflict';
  constructor(use: { openBookings: boolean; walletsWithBalance: number }) {
    super('Bookings are open or wallets hold a balance: end and empty them first, or delete with `force`.', use);
  }
}

export class ApiKeyNotFound extends DomainError {
  static override readonly code = 'gateway.api_key_not_found';
  static override readonly kind = 'not_found';
  constructor() {
    super('There is no such API key.');
  }
}

export class PasskeyNotFound extends DomainError {
  static override readonly code = 'gateway.passkey_not_found';
  static override readonly kind = 'not_found';
  constructor() {
    super('There is no such passkey.');
  }
}

export class PasskeyExists extends DomainError {
  static override readonly code = 'gateway.passkey_exists';
  static override readonly kind = 'conflict';
  constructor() {
    super('This passkey has been added to an account already.');
  }
}

export class PasskeyChallengeInvalid extends DomainError {
  static override readonly code = 'gateway.passkey_challenge_invalid';
  static override readonly kind = 'gone';
  constructor() {
    super('The challenge is not one of this server, has been used or has expired. Ask for another one.');
  }
}

/** For a new passkey. */
export class PasskeyRefused extends DomainError {
  static override readonly code = 'gateway.passkey_refused';
  static override readonly kind = 'unprocessable';
  constructor() {
    super('The passkey was not made for this site, without verifying its user, or in a form that is not taken here.');
  }
}

/** The same for an unknown passkey and a wrong signature, so as not to reveal which passkeys exist. */
export class PasskeyNotAccepted extends DomainError {
  static override readonly code = 'gateway.passkey_not_accepted';
  static override readonly kind = 'unauthenticated';
  constructor() {
    super('The passkey is not known here, or its answer is not right.');
  }
}

/** Otherwise the password alone would suffice to add another second factor. */
export class PasskeyNeeded extends DomainError {
  static override readonly code = 'gateway.passkey_needed';
  static override readonly kind = 'forbidden';
  constructor() {
    super('This account has passkeys: sign in with one to change how the account is protected.');
  }
}

export class PasskeysUnavailable extends DomainError {
  static override readonly code = 'gateway.passkeys_unavailable';
  static override readonly kind = 'conflict';
  constructor() {
    super('Browsers keep passkeys for https and a host name only; ask the operator of this server to set PUBLIC_URL.');
  }
}

export class SessionNotFound extends DomainError {
  static override readonly code = 'gateway.session_not_found';
  static override readonly kind = 'not_found';
  constructor() {
    super('There is no such open session.');
  }
}

export class UserNotFound extends DomainError {
  static override readonly code = 'gateway.user_not_found';
  static override readonly kind = 'not_found';
  constructor() {
    super('There is no such user.');
  }
}

export class IdempotencyKeyReused extends DomainError {
  static override readonly code = 'gateway.idempotency_key_reused';
  static override readonly kind = 'unprocessable';
  constructor() {
    super('This Idempotency-Key was sent before with another body.');
  }
}
