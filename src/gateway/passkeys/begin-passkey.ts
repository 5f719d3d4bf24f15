import { Limits } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BeginPasskey, PasskeyCreationView } from '../contract/index.js';
import { PasswordConfirmation } from '../passwords/password-confirmation.js';
import { additionBy, PasskeyChallenges } from './passkey-challenges.js';
import { PasskeyProof } from './passkey-proof.js';
import { Passkey } from './passkey.entity.js';
import { RelyingParty } from './relying-party.js';

@CommandHandler(BeginPasskey)
export class BeginPasskeyHandler implements ICommandHandler<BeginPasskey> {
  constructor(
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    private readonly confirmation: PasswordConfirmation,
    private readonly proof: PasskeyProof,
    private readonly limits: Limits,
    private readonly challenges: PasskeyChallenges,
    private readonly relyingParty: RelyingParty,
  ) {}

  async execute({ password, code, session }: BeginPasskey): Promise<PasskeyCreationView> {
    const me = await this.confirmation.confirm(password, code);
    if (!me.secondFactor) await this.proof.mustBeGiven(me.id, session);

    const known = await this.passkeys.findBy({ userId: me.id });
    await this.limits.allow('passkeys-per-user', known.length + 1);
    const challenge = this.challenges.issue(additionBy(me.id));
    return PasskeyCreationView.of({ options: await this.relyingParty.creationOptions(me, known, challenge) });
  }
}
