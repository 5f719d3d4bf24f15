import { Command, Secret } from '@aitbc/modulith';
import { Email, IsSoundPassword, MAX_PASSWORD, MIN_PASSWORD } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import { ClientName } from './client-name.js';
import type { RegistrationPendingView } from './credentials.js';
import type { SessionView } from './views.js';

/**
 * Opens an account and signs it in; if mail is configured, only once the address is confirmed.
 * @throws RegistrationClosed, EmailTaken
 */
export class Register extends Command<SessionView | RegistrationPendingView> {
  @ApiProperty({ example: 'ada@example.org', maxLength: 254 })
  @Email()
  email: string;

  @ApiProperty({ example: 'correct horse battery', minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD })
  @Secret()
  @IsSoundPassword()
  password: string;

  @ClientName() client?: string;
}
