import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GatewayAudited, RecoveryCodesView, ReplaceRecoveryCodes, SecondFactorNotBegun } from '../contract/index.js';
import { PasswordConfirmation } from '../passwords/password-confirmation.js';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.js';
import { SecondFactor } from './second-factor.entity.js';

@CommandHandler(ReplaceRecoveryCodes)
export class ReplaceRecoveryCodesHandler implements ICommandHandler<ReplaceRecoveryCodes> {
  constructor(
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    private readonly confirmation: PasswordConfirmation,
    private readonly events: EventBus,
  ) {}

  async execute({ password, code }: ReplaceRecoveryCodes): Promise<RecoveryCodesView> {
    const { subject: userId } = requirePrincipal();
    const { secondFactor } = await this.confirmation.confirm(password, code);
    if (!secondFactor) throw new SecondFactorNotBegun();
    const recoveryCodes = newRecoveryCodes();

    await this.factors.update({ userId }, { recoveryCodes: recoveryCodes.map(recoveryCodeHash) });
    this.events.publish(GatewayAudited.of({ resource: `gateway.user ${userId}`, action: 'replace_recovery_codes' }));
    return RecoveryCodesView.of({ recoveryCodes });
  }
}
