import { type FlagClient, FLAGS, normalEmail, PasswordStrength } from '@aitbc/platform';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Register, RegistrationClosed, type RegistrationPendingView, type SessionView } from '../contract/index.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Registrations } from './registrations.js';

@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(
    private readonly strength: PasswordStrength,
    private readonly passwords: PasswordHasher,
    private readonly registrations: Registrations,
    @Inject(FLAGS) private readonly flags: FlagClient,
  ) {}

  async execute({ email: given, password, client }: Register): Promise<SessionView | RegistrationPendingView> {
    const email = normalEmail(given);
    const context = { emailDomain: email.slice(email.lastIndexOf('@') + 1) };
    if (!(await this.flags.getBooleanValue('registration-open', true, context))) throw new RegistrationClosed();
    await this.strength.mustBeSound(password, { email });
    const passwordHash = await this.passwords.hash(password);
    return this.registrations.begin({ email, passwordHash }, client);
  }
}
