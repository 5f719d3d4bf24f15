import { normalEmail } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { RequestPasswordReset } from '../contract/index.js';
import { AccountMails } from '../mail/account-mails.js';
import { User } from '../users/user.entity.js';

@CommandHandler(RequestPasswordReset)
export class RequestPasswordResetHandler implements ICommandHandler<RequestPasswordReset> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly mails: AccountMails,
  ) {}

  async execute({ email: given }: RequestPasswordReset): Promise<void> {
    this.mails.mustBeConfigured();
    const email = normalEmail(given);
    const user = await this.users.findOneBy({ email });
    if (user && !user.isLocked) await this.mails.send('reset', email, { userId: user.id });
  }
}
