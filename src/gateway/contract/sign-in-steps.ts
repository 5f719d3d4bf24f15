import { Command, Secret, View } from '@aitbc/modulith';
import { Text } from '@aitbc/platform';
import { IsHash } from 'class-validator';
import type { UserView } from './views.js';

/*
 * Steps of signing in that must be kept even when the sign-in is refused afterwards: a refused command leaves nothing
 * behind, so each of these commits by itself. Only the gateway sends them.
 */

export class LoginChallengeView extends View {
  /** Null when nobody has this email. */
  userId: string | null;
  @Secret() passwordHash: string | null;
}

/**
 * Counts an attempt before its password is looked at, so that guesses sent at once are counted too.
 * @throws TooManyAttempts
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
}

/** Replaces a refresh token by its successor, or revokes its family when it was replaced before. */
export class RotateRefreshToken extends Command<RotationView> {
  @IsHash('sha256') presentedHash: string;
  @IsHash('sha256') successorHash: string;
}
