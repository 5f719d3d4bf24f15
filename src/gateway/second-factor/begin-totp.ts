import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BeginTotp, SecondFactorExists, TotpSetupView } from '../contract/index.js';
import { GatewayKeys } from '../gateway-keys.js';
import { PasskeyProof } from '../passkeys/passkey-proof.js';
import { PasswordConfirmation } from '../passwords/password-confirmation.js';
import { SecondFactor } from './second-factor.entity.js';
import { newTotpSecret, totpUri } from './totp.js';

@CommandHandler(BeginTotp)
export class BeginTotpHandler implements ICommandHandler<BeginTotp> {
  constructor(
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    private readonly confirmation: PasswordConfirmation,
    private readonly proof: PasskeyProof,
    private readonly keys: GatewayKeys,
  ) {}

  async execute({ password, session }: BeginTotp): Promise<TotpSetupView> {
    const { subject: userId } = requirePrincipal();
    const { email } = await this.confirmation.confirm(password);
    const secret = newTotpSecret();

    await this.proof.mustBeGiven(userId, session);
    const before = await this.factors.findOneBy({ userId });
    if (before?.confirmedAt) throw new SecondFactorExists();
    await this.factors.save(SecondFactor.begin(userId, this.keys.sealTotp(userId, secret)));
    return TotpSetupView.of({ secret, uri: totpUri(secret, email) });
  }
}
