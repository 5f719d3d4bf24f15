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
/** A challenge for one user's new passkey is invalid for another user. */
export const additionBy = (userId: string) => `addition by ${userId}`;

/**
 * The challenges that passkeys sign. A challenge carries its own proof of origin and its expiry, sealed with the
 * gateway's key: issuing one stores nothing, however many strangers request, and any replica can complete what another
 * began. Only correctly answered challenges are stored, so that each works once.
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
   * @throws PasskeyChallengeInvalid unless it was recently issued here for this purpose
   */
  mustBeOpen(challenge: string, purpose: string): void {
    const bytes = Buffer.from(challenge, 'base64url');
    // Accepts only one encoding of the same bytes: spent challenges are identified by their encoding.
    if (bytes.toString('base64url') !== challenge) throw new PasskeyChallengeInvalid();
    const content = this.keys.openChallenge(purpose, bytes);
    const expiresAt = content?.readDoubleBE(RANDOM_BYTES) ?? 0;
    if (expiresAt <= this.clock.now().getTime()) throw new PasskeyChallengeInvalid();
  }

  /** Spends an open challenge on the caller's commit. @throws PasskeyChallengeInvalid if it was used before */
  async spend(challenge: string): Promise<void> {
    const challengeHash = tokenHash(challenge);
    if (await this.spent.existsBy({ challengeHash })) throw new PasskeyChallengeInvalid();
    await this.spent.insert({ challengeHash, expiresAt: new Date(this.clock.now().getTime() + CHALLENGE_MS) });
  }
}
