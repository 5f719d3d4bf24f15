import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { RemoveTotp, SecondFactorNotBegun } from '../contract/index.js';
import { PasswordConfirmation } from '../passwords/password-confirmation.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from '../users/account-changes.js';
import { User } from '../users/user.entity.js';
import { SecondFactor } from './second-factor.entity.js';

@CommandHandler(RemoveTotp)
export class RemoveTotpHandler implements ICommandHandler<RemoveTotp> {
  constructor(
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly confirmation: PasswordConfirmation,
    private readonly sessions: Sessions,
    private readonly accounts: AccountChanges,
  ) {}

  async execute({ password, code }: RemoveTotp): Promise<void> {
    const { subject: userId } = requirePrincipal();
    const { secondFactor } = await this.confirmation.confirm(password, code);
    if (!secondFactor) throw new SecondFactorNotBegun();

    const user = await this.users.findOneByOrFail({ id: userId });
    await this.factors.delete({ userId });
    await this.sessions.endAllOf(userId);
    await this.accounts.apply(user, 'remove_second_factor', (now) => user.removeSecondFactor(now));
  }
}
