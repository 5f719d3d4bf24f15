import { Command, Secret, View } from '@aitbc/modulith';
import { Id, Text } from '@aitbc/platform';
import { IsBoolean, IsHash, IsIn } from 'class-validator';
import { ClientName } from './client-name.js';
import type { SignInMethod, UserView } from './views.js';

/*
 * Sign-in steps that must persist even if the sign-in is refused afterwards: a refused command is rolled back, so each
 * step commits by itself. Only the gateway sends them.
 */

export class LoginChallengeView extends View {
  /** Null if no account has this email. */
  userId: string | null;
  @Secret() passwordHash: string | null;
  /** How long a wrong password has to wait; a correct one is admitted. */
  waitMs: number;
  /** Whether a code is required in addition to the password. */
  secondFactor: boolean;
}

/**
 * Counts an attempt before its password is checked, so that concurrent guesses are counted too.
 * @throws TooManyAttempts from a network unknown to the account
 */
export class BeginLogin extends Command<LoginChallengeView> {
  @Text({ max: 254 })
  email: string;
}

export class RotationView extends View {
  outcome: 'rotated' | 'reused' | 'expired' | 'unknown' | 'locked';
  user: UserView | null;
  /** The version of the user's credentials. */
  version: number;
  sessionId: string;
  method: SignInMethod | null;
}

/** Replaces a refresh token with its successor, or revokes its family if it was replaced before. */
export class RotateRefreshToken extends Command<RotationView> {
  @IsHash('sha256') presentedHash: string;
  @IsHash('sha256') successorHash: string;
  @ClientName() client?: string;
}

export class MailedTokenView extends View {
  email: string;
  userId: string | null;
  @Secret() passwordHash: string | null;
}

/** Counts an attempt to use a mailed code. @throws MailedTokenInvalid */
export class BeginMailedToken extends Command<MailedTokenView> {
  @IsHash('sha256') tokenHash: string;
  @IsIn(['register', 'verify', 'reset']) kind: 'register' | 'verify' | 'reset';
}

export class SecondFactorOutcomeView extends View {
  /** `none`: the user has no second factor. */
  outcome: 'accepted' | 'wrong' | 'none';
}

/** Consumes a second-factor code and counts it if it is wrong. @throws TooManyAttempts */
export class SpendSecondFactor extends Command<SecondFactorOutcomeView> {
  @Id() userId: string;

  @Secret()
  @Text({ max: 32 })
  code: string;

  /** Of a setup that waits for its first code. */
  @IsBoolean() unconfirmed: boolean;
}
