import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { FindPasskeyKey, PasskeyNotAccepted, type UsedPasskeyCredential } from '../contract/index.js';
import { PasskeyChallenges, SIGN_IN } from './passkey-challenges.js';
import { Passkey } from './passkey.entity.js';
import { challengeOf, RelyingParty } from './relying-party.js';

/** A response with a valid signature that has not been used yet. */
interface VerifiedUse {
  readonly passkeyId: string;
  readonly challenge: string;
  readonly counter: number;
}

/** Identifies the passkey of a response and lets each response count once. */
@Injectable()
export class PasskeySignIn {
  constructor(
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    private readonly challenges: PasskeyChallenges,
    private readonly relyingParty: RelyingParty,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** Call before the handler's first use of a repository. @throws PasskeyChallengeInvalid, PasskeyNotAccepted */
  async verify(credential: UsedPasskeyCredential): Promise<VerifiedUse> {
    const challenge = challengeOf(credential);
    this.challenges.mustBeOpen(challenge, SIGN_IN);
    const key = await this.queries.execute(FindPasskeyKey.of({ credentialId: credential.id }));
    const counter = await this.relyingParty.verifyUse(credential, challenge, key);
    return { passkeyId: key.id, challenge, counter };
  }

  /**
   * @returns the owner's id @throws PasskeyChallengeInvalid, PasskeyNotAccepted if a concurrent request used it first
   */
  async use({ passkeyId: id, challenge, counter }: VerifiedUse): Promise<string> {
    await this.challenges.spend(challenge);
    const passkey = await this.passkeys.findOneBy({ id });
    if (!passkey) throw new PasskeyNotAccepted();
    passkey.use(counter, this.clock.now());
    await this.passkeys.save(passkey);
    return passkey.userId;
  }
}
