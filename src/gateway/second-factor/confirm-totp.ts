import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ConfirmTotp, SecondFactorExists, TotpConfirmedView } from '../contract/index.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from '../users/account-changes.js';
import { User } from '../users/user.entity.js';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.js';
import { SecondFactor } from './second-factor.entity.js';
import { SecondFactorCheck } from './second-factor-check.js';

@CommandHandler(ConfirmTotp)
export class ConfirmTotpHandler implements ICommandHandler<ConfirmTotp> {
  constructor(
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly check: SecondFactorCheck,
    private readonly sessions: Sessions,
    private readonly accounts: AccountChanges,
  ) {}

  async execute({ code, client }: ConfirmTotp): Promise<TotpConfirmedView> {
    const { subject: userId } = requirePrincipal();
    await this.check.pass(userId, code, true);
    const recoveryCodes = newRecoveryCodes();

    const factor = await this.factors.findOneByOrFail({ userId });
    if (factor.confirmedAt) throw new SecondFactorExists();
    const user = await this.users.findOneByOrFail({ id: userId });
    // Earlier sessions were opened without the second factor.
    await this.sessions.endAllOf(userId);
    await this.accounts.apply(user, 'add_second_factor', (now) => {
      user.secondFactorSince = now;
      user.withdrawTokens(now);
      factor.confirmedAt = now;
    });
    factor.recoveryCodes = recoveryCodes.map(recoveryCodeHash);
    await this.factors.save(factor);
    return TotpConfirmedView.of({ recoveryCodes, session: await this.sessions.open(user, { client, method: 'totp' }) });
  }
}
