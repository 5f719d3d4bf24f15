import { Command, Secret } from '@aitbc/modulith';
import { Email } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import { IsSoundPassword } from './sound-password.js';
import type { SessionView } from './views.js';

/**
 * Opens an account and signs it in.
 * @throws RegistrationClosed, EmailTaken
 */
export class Register extends Command<SessionView> {
  @ApiProperty({ example: 'ada@example.org', maxLength: 254 })
  @Email()
  email: string;

  @ApiProperty({ example: 'correct horse battery', minLength: 12, maxLength: 128 })
  @Secret()
  @IsSoundPassword()
  password: string;
}
