import { randomBytes } from 'node:crypto';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { PasskeyChallengeInvalid } from '../contract/index.js';
import { GatewayKeys } from '../gateway-keys.js';
import { tokenHash } from '../tokens.js';
import { SpentChallenge } from './spent-challenge.entity.js';

export const CHALLENGE_MS = 5 * 60 * 1000;
const RANDOM_BYTES = 16;
const END_BYTES = 8;

export const SIGN_IN = 'sign in';
/** A challenge for one user's new passkey is of no use to another. */
export const additionBy = (userId: string) => `addition by ${userId}`;

/**
 * What passkeys sign. A challenge carries its own proof of origin and its end, sealed under the key of the gateway:
 * strangers can ask for as many as they like and nothing is stored for them, and any replica can finish what another
 * began. Stored is only what has been answered rightly, so that it works once.
 */
@Injectable()
export class PasskeyChallenges {
  constructor(
    @InjectRepository(SpentChallenge, 'gateway') private readonly spent: Repository<SpentChallenge>,
    private readonly keys: GatewayKeys,
    private readonly clock: Clock,
  ) {}

  issue(purpose: string): Uint8Array<ArrayBuffer> {
    const end = Buffer.alloc(END_BYTES);
    end.writeDoubleBE(this.clock.now().getTime() + CHALLENGE_MS);
    return Uint8Array.from(this.keys.sealChallenge(purpose, Buffer.concat([randomBytes(RANDOM_BYTES), end])));
  }

  /**
   * @param challenge in base64url
   * @throws PasskeyChallengeInvalid unless it was issued here, for this purpose, lately
   */
  mustBeOpen(challenge: string, purpose: string): void {
    const bytes = Buffer.from(challenge, 'base64url');
    // Of several spellings of the same bytes one is accepted: what was spent is known by its spelling.
    if (bytes.toString('base64url') !== challenge) throw new PasskeyChallengeInvalid();
    const content = this.keys.openChallenge(purpose, bytes);
    const expiresAt = content?.readDoubleBE(RANDOM_BYTES) ?? 0;
    if (expiresAt <= this.clock.now().getTime()) throw new PasskeyChallengeInvalid();
  }

  /** Uses an open challenge up, with the commit of the caller. @throws PasskeyChallengeInvalid when it has been used */
  async spend(challenge: string): Promise<void> {
    const challengeHash = tokenHash(challenge);
    if (await this.spent.existsBy({ challengeHash })) throw new PasskeyChallengeInvalid();
    await this.spent.insert({ challengeHash, expiresAt: new Date(this.clock.now().getTime() + CHALLENGE_MS) });
  }
}
