import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type AccountView, RemoveSecondFactor, SecondFactorNotBegun } from '../contract/index.js';
import { AccountMails } from '../mail/account-mails.js';
import { Passkey } from '../passkeys/passkey.entity.js';
import { SecondFactor } from '../second-factor/second-factor.entity.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from './account-changes.js';
import { toAccountView } from './user.entity.js';

@CommandHandler(RemoveSecondFactor)
export class RemoveSecondFactorHandler implements ICommandHandler<RemoveSecondFactor> {
  constructor(
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    private readonly accounts: AccountChanges,
    private readonly sessions: Sessions,
    private readonly mails: AccountMails,
  ) {}

  async execute({ userId, reason }: RemoveSecondFactor): Promise<AccountView> {
    const user = await this.accounts.findAnothers(userId);
    const passkeys = await this.passkeys.countBy({ userId });
    if (!user.hasSecondFactor && passkeys === 0) throw new SecondFactorNotBegun();
    await this.factors.delete({ userId });
    await this.passkeys.delete({ userId });
    await this.sessions.endAllOf(userId);
    const change = (now: Date) => user.removeSecondFactor(now);
    await this.accounts.apply(user, 'remove_lost_second_factor', change, { reason, passkeys });
    await this.mails.send('unprotected', user.email, { userId });
    return toAccountView(user);
  }
}
