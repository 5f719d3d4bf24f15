import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { MailedTokenInvalid, VerifyEmail } from '../contract/index.js';
import { tokenHash } from '../tokens.js';
import { AccountChanges } from '../users/account-changes.js';
import { User } from '../users/user.entity.js';
import { MailedToken } from './mailed-token.entity.js';

@CommandHandler(VerifyEmail)
export class VerifyEmailHandler implements ICommandHandler<VerifyEmail> {
  constructor(
    @InjectRepository(MailedToken, 'gateway') private readonly tokens: Repository<MailedToken>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly accounts: AccountChanges,
    private readonly clock: Clock,
  ) {}

  async execute({ token: given }: VerifyEmail): Promise<void> {
    const token = await this.tokens.findOneBy({ tokenHash: tokenHash(given), kind: 'verify' });
    if (!token?.isUsable(this.clock.now()) || token.userId === null) throw new MailedTokenInvalid();
    const { userId: id, email } = token;
    await this.tokens.delete({ userId: id, kind: 'verify' });
    const user = await this.users.findOneBy({ id, email });
    if (!user) throw new MailedTokenInvalid();
    await this.accounts.apply(user, 'verify_email', (now) => user.verifyEmail(now));
  }
}
