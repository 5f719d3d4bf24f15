import { Command, Secret } from '@aitbc/modulith';
import { Email, OptionalField, Text } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ClientName } from './client-name.js';
import { OptionalCode } from './credentials.js';
import type { SessionView } from './views.js';

/**
 * Signs in with a password.
 * @throws WrongCredentials for a wrong password and an unknown email alike
 * @throws SecondFactorRequired, WrongCode only after the correct password
 * @throws AccountLocked only after the correct password, so as to reveal nothing to strangers
 * @throws TooManyAttempts after several failures, for an increasing time
 */
export class Login extends Command<SessionView> {
  @ApiProperty({ example: 'ada@example.org' })
  @Email()
  email: string;

  @ApiProperty({ example: 'correct horse battery' })
  @Secret()
  @Text({ max: 128, controls: 'all' })
  password: string;

  @OptionalCode() code?: string;

  @ClientName() client?: string;
}

/**
 * Exchanges a refresh token for a new pair of tokens; each works once.
 * @throws InvalidToken, TokenExpired, AccountLocked
 * @throws RefreshTokenReused if it was exchanged before; the whole token family is then revoked
 */
export class Refresh extends Command<SessionView> {
  @ApiProperty({ description: 'From the last answer of register, login or refresh', example: 'Yy1H…' })
  @Secret()
  @Text({ max: 200 })
  refreshToken: string;

  @ClientName() client?: string;
}

/**
 * Ends the session of a refresh token; without one, every session of the caller. Access tokens of ended sessions are
 * refused within a second. With the last session, the caller's wallets are locked.
 */
export class Logout extends Command {
  @ApiPropertyOptional({ description: 'The session to end; without it all sessions of the caller end' })
  @Secret()
  @OptionalField()
  @Text({ max: 200 })
  refreshToken?: string;
}
