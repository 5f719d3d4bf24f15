import { requirePrincipal } from '@aitbc/modulith';
import { Clock, Limits } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AddPasskey, PasskeyExists, type PasskeyView } from '../contract/index.js';
import { additionBy, PasskeyChallenges } from './passkey-challenges.js';
import { PasskeyNotices } from './passkey-notices.js';
import { Passkey } from './passkey.entity.js';
import { challengeOf, RelyingParty } from './relying-party.js';

@CommandHandler(AddPasskey)
export class AddPasskeyHandler implements ICommandHandler<AddPasskey> {
  constructor(
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    private readonly challenges: PasskeyChallenges,
    private readonly relyingParty: RelyingParty,
    private readonly limits: Limits,
    private readonly notices: PasskeyNotices,
    private readonly clock: Clock,
  ) {}

  async execute({ name, credential: answer }: AddPasskey): Promise<PasskeyView> {
    const { subject: userId } = requirePrincipal();
    const challenge = challengeOf(answer);
    this.challenges.mustBeOpen(challenge, additionBy(userId));
    const { credential, credentialBackedUp: synced } = await this.relyingParty.verifyNew(answer, challenge);

    await this.challenges.spend(challenge);
    const { id: credentialId, counter, transports = [] } = credential;
    if (await this.passkeys.existsBy({ credentialId })) throw new PasskeyExists();
    await this.limits.allow('passkeys-per-user', 1 + (await this.passkeys.countBy({ userId })));
    const publicKey = Buffer.from(credential.publicKey).toString('base64url');
    const fields = { id: uuidv7(), userId, name, credentialId, publicKey, counter, transports, synced };
    const passkey = Passkey.add(fields, this.clock.now());
    await this.passkeys.insert(passkey);
    await this.notices.added(passkey);
    return passkey.toView();
  }
}
