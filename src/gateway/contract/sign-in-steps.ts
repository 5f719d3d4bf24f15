import { Command, Secret, View } from '@aitbc/modulith';
import { Id, Text } from '@aitbc/platform';
import { IsBoolean, IsHash, IsIn } from 'class-validator';
import { ClientName } from './client-name.js';
import type { SignInMethod, UserView } from './views.js';

/*
 * Steps of signing in that must be kept even when the sign-in is refused afterwards: a refused command leaves nothing
 * behind, so each of these commits by itself. Only the gateway sends them.
 */

export class LoginChallengeView extends View {
  /** Null when nobody has this email. */
  userId: string | null;
  @Secret() passwordHash: string | null;
  /** How long a wrong password has to wait; a right one is let through. */
  waitMs: number;
  /** Whether a code is needed beside the password. */
  secondFactor: boolean;
}

/**
 * Counts an attempt before its password is looked at, so that guesses sent at once are counted too.
 * @throws TooManyAttempts from a network that the account does not know
 */
export class BeginLogin extends Command<LoginChallengeView> {
  @Text({ max: 254 })
  email: string;
}

export class RotationView extends View {
  outcome: 'rotated' | 'reused' | 'expired' | 'unknown' | 'locked';
  user: UserView | null;
  /** Of the user's credentials. */
  version: number;
  sessionId: string;
  method: SignInMethod | null;
}

/** Replaces a refresh token by its successor, or revokes its family when it was replaced before. */
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

/** Counts an attempt to use a code from a mail. @throws MailedTokenInvalid */
export class BeginMailedToken extends Command<MailedTokenView> {
  @IsHash('sha256') tokenHash: string;
  @IsIn(['register', 'verify', 'reset']) kind: 'register' | 'verify' | 'reset';
}

export class SecondFactorOutcomeView extends View {
  /** `none`: the user has none. */
  outcome: 'accepted' | 'wrong' | 'none';
}

/** Uses up a code of the second factor, and counts it when it is wrong. @throws TooManyAttempts */
export class SpendSecondFactor extends Command<SecondFactorOutcomeView> {
  @Id() userId: string;

  @Secret()
  @Text({ max: 32 })
  code: string;

  /** Of a setup that waits for its first code. */
  @IsBoolean() unconfirmed: boolean;
}
