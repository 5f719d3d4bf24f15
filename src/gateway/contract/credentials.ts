import { Command, Secret, View } from '@aitbc/modulith';
import { Email, MAX_PASSWORD, MIN_PASSWORD, OptionalField, Text } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ClientName } from './client-name.js';
import type { SessionView } from './views.js';

const TOKEN = { example: 'Zk3Tq0uYw9XbC1nR5vJ8sLh2mPd7aGe4oKi6fUxQzVs', description: 'The code from the mail' };

/** A password given as proof of identity: any text. */
export function GivenPassword(description: string): PropertyDecorator {
  const rules = [
    ApiProperty({ example: 'correct horse battery', description }),
    Secret(),
    Text({ max: 128, controls: 'all' }),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

/** A second-factor code, if the account has a second factor. */
export function OptionalCode(): PropertyDecorator {
  const description = 'A code of the authenticator app or a recovery code, where the account has a second factor';
  const rules = [
    ApiPropertyOptional({ example: '492039', description }),
    OptionalField(),
    Secret(),
    Text({ min: 6, max: 32 }),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

/** A new password: the handler decides whether it is strong enough. */
function NewPassword(): PropertyDecorator {
  const rules = [
    ApiProperty({ example: 'staple of the correct horse', minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD }),
    Secret(),
    Text({ min: MIN_PASSWORD, max: MAX_PASSWORD, controls: 'all' }),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

function MailedCode(): PropertyDecorator {
  const rules = [ApiProperty(TOKEN), Secret(), Text({ max: 200 })];
  return (target, property) => rules.forEach((rule) => rule(target, property));
}

/** The answer to a registration if mail is configured, whether or not the address has an account. */
export class RegistrationPendingView extends View {
  @ApiProperty({ example: 'ada@example.org', description: 'Where a mail has been sent' }) email: string;
  @ApiProperty({ example: 'mailed', enum: ['mailed'], description: 'Confirm with the code from the mail' })
  confirmation: string;
}

/**
 * Opens the registered account and signs it in. The mail proves the address; the password proves that the reader of the
 * mail is the registrant, so that no user gets an account whose password another person knows.
 * @throws MailedTokenInvalid, WrongPassword, EmailTaken
 */
export class ConfirmRegistration extends Command<SessionView> {
  @MailedCode() token: string;
  @GivenPassword('The password that the registration was begun with') password: string;
  @ClientName() client?: string;
}

/**
 * Replaces the caller's password. All sessions end, and the answer contains a new one.
 * @throws WrongPassword, WrongCode, TooManyAttempts
 */
export class ChangePassword extends Command<SessionView> {
  @GivenPassword('The password as it is') currentPassword: string;
  @NewPassword() newPassword: string;
  @OptionalCode() code?: string;
  @ClientName() client?: string;
}

/** Mails a code to an account's owner, if the account exists. @throws MailNotConfigured */
export class RequestPasswordReset extends Command {
  @ApiProperty({ example: 'ada@example.org', maxLength: 254 })
  @Email()
  email: string;
}

/** Replaces the password of the account that received the code. All sessions end. @throws MailedTokenInvalid */
export class ResetPassword extends Command {
  @MailedCode() token: string;
  @NewPassword() newPassword: string;
}

/** Mails a code to the caller's address. @throws MailNotConfigured, EmailVerifiedAlready */
export class RequestEmailVerification extends Command {}

/** @throws MailedTokenInvalid */
export class VerifyEmail extends Command {
  @MailedCode() token: string;
}
