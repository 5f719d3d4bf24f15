import { PasswordStrength } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AccountMails } from '../mail/account-mails.js';
import { MailedToken } from '../mail/mailed-token.entity.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from '../users/account-changes.js';
import { User } from '../users/user.entity.js';
import { PasswordHasher } from './password-hasher.js';

/** Replaces a password and its consequences: ends all earlier sessions and notifies the owner. */
@Injectable()
export class PasswordReplacement {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    @InjectRepository(MailedToken, 'gateway') private readonly tokens: Repository<MailedToken>,
    private readonly strength: PasswordStrength,
    private readonly passwords: PasswordHasher,
    private readonly sessions: Sessions,
    private readonly accounts: AccountChanges,
    private readonly mails: AccountMails,
  ) {}

  /** The slow part; call before the handler's first use of a repository. @throws ValidationFailed */
  async prepare(newPassword: string, email: string): Promise<string> {
    await this.strength.mustBeSound(newPassword, { field: 'newPassword', email });
    return this.passwords.hash(newPassword);
  }

  async replace(
    userId: string,
    passwordHash: string,
    action: 'change_password' | 'reset_password',
    change: (user: User, now: Date) => void = () => undefined,
  ): Promise<User> {
    const user = await this.users.findOneByOrFail({ id: userId });
    await this.tokens.delete({ userId, kind: 'reset' });
    await this.sessions.endAllOf(userId);
    await this.accounts.apply(user, action, (now) => {
      user.passwordHash = passwordHash;
      user.withdrawTokens(now);
      change(user, now);
    });
    await this.mails.send('changed', user.email, { userId });
    return user;
  }
}
