import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { EmailTaken, RegistrationPendingView, type SessionView } from '../contract/index.js';
import { AccountMails } from '../mail/account-mails.js';
import { LoginThrottle } from '../sessions/login-throttle.js';
import { Sessions } from '../sessions/sessions.js';
import { User } from './user.entity.js';

export interface NewAccount {
  /** As `normalEmail` writes it. */
  readonly email: string;
  readonly passwordHash: string;
}

/** Creates accounts, inside the calling handler's unit of work. */
@Injectable()
export class Registrations {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly mails: AccountMails,
    private readonly throttle: LoginThrottle,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /** If mail is configured, a mailed code opens the account, and the answer for a taken address is the same. */
  async begin(account: NewAccount, client: string | undefined): Promise<SessionView | RegistrationPendingView> {
    if (!this.mails.areConfigured) return this.open(account, client, null);
    const { email, passwordHash } = account;
    if (await this.users.existsBy({ email })) await this.mails.send('taken', email);
    else await this.mails.send('register', email, { passwordHash });
    return RegistrationPendingView.of({ email, confirmation: 'mailed' });
  }

  /** @throws EmailTaken */
  async open({ email, passwordHash }: NewAccount, client: string | undefined, verifiedAt: Date | null) {
    if (await this.users.existsBy({ email })) throw new EmailTaken();
    const user = User.register(uuidv7(), email, passwordHash, ['user'], this.clock.now());
    user.emailVerifiedAt = verifiedAt;
    await this.users.insert(user);
    await this.throttle.succeed(user, user.createdAt);
    return this.sessions.open(user, { client, method: 'password' });
  }
}
