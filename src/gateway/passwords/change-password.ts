import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ChangePassword, type SessionView } from '../contract/index.js';
import { LoginThrottle } from '../sessions/login-throttle.js';
import { Sessions } from '../sessions/sessions.js';
import { PasswordConfirmation } from './password-confirmation.js';
import { PasswordReplacement } from './password-replacement.js';

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly confirmation: PasswordConfirmation,
    private readonly replacement: PasswordReplacement,
    private readonly throttle: LoginThrottle,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  async execute({ currentPassword, code, newPassword, client }: ChangePassword): Promise<SessionView> {
    const { subject: userId } = requirePrincipal();
    const { email, secondFactor } = await this.confirmation.confirm(currentPassword, code);
    const passwordHash = await this.replacement.prepare(newPassword, email);

    const user = await this.replacement.replace(userId, passwordHash, 'change_password');
    await this.throttle.succeed(user, this.clock.now());
    return this.sessions.open(user, { client, method: secondFactor ? 'totp' : 'password' });
  }
}
