import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { EmailVerifiedAlready, RequestEmailVerification, UserNotFound } from '../contract/index.js';
import { User } from '../users/user.entity.js';
import { AccountMails } from './account-mails.js';

@CommandHandler(RequestEmailVerification)
export class RequestEmailVerificationHandler implements ICommandHandler<RequestEmailVerification> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly mails: AccountMails,
  ) {}

  async execute(): Promise<void> {
    this.mails.mustBeConfigured();
    const user = await this.users.findOneBy({ id: requirePrincipal().subject });
    if (!user) throw new UserNotFound();
    if (user.emailVerifiedAt) throw new EmailVerifiedAlready();
    await this.mails.send('verify', user.email, { userId: user.id });
  }
}
