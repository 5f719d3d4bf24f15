import { currentMessage } from '@aitbc/modulith';
import { networkOf } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { TooManyAttempts } from '../contract/index.js';
import type { User } from '../users/user.entity.js';
import { KnownNetwork, networkHash } from './known-network.entity.js';
import {
  attemptsFrom,
  attemptsOfStrangers,
  FREE_ATTEMPTS,
  FREE_ATTEMPTS_FROM_STRANGERS,
  LoginAttempts,
} from './login-attempts.entity.js';

/**
 * Slows down password guessing without locking out the owner: attempts count per network, and a network with an earlier
 * success is always admitted with the correct password. Unknown networks share a second, larger allowance per account.
 */
@Injectable()
export class LoginThrottle {
  constructor(
    @InjectRepository(LoginAttempts, 'gateway') private readonly attempts: Repository<LoginAttempts>,
    @InjectRepository(KnownNetwork, 'gateway') private readonly networks: Repository<KnownNetwork>,
  ) {}

  /**
   * Counts an attempt before its password is checked.
   * @returns milliseconds that a wrong password still has to wait; more than 0 from a known network only
   * @throws TooManyAttempts from an unknown network
   */
  async begin(email: string, user: User | null, now: Date): Promise<number> {
    const own = await this.load(attemptsFrom(currentNetwork(), email));
    const wait = own.waitMs(now, FREE_ATTEMPTS);
    // Queries without a user too, so that timing reveals nothing.
    if (await this.isKnown(user?.id ?? '', now)) {
      if (wait === 0) await this.count(now, own);
      return wait;
    }
    const all = await this.load(attemptsOfStrangers(email));
    const longest = Math.max(wait, all.waitMs(now, FREE_ATTEMPTS_FROM_STRANGERS));
    if (longest > 0) throw tooMany(longest);
    await this.count(now, own, all);
    return 0;
  }

  /** The caller has proved ownership of the account: their network is known from now on. */
  async succeed(user: User, now: Date): Promise<void> {
    const network = currentNetwork();
    await this.attempts.delete({ emailHash: attemptsFrom(network, user.email) });
    await this.networks.save(KnownNetwork.of(user.id, network, now));
  }

  private async isKnown(userId: string, now: Date): Promise<boolean> {
    const known = await this.networks.findOneBy({ userId, networkHash: networkHash(currentNetwork()) });
    return known?.isKnown(now) ?? false;
  }

  private async load(hash: string): Promise<LoginAttempts> {
    return (await this.attempts.findOneBy({ emailHash: hash })) ?? LoginAttempts.none(hash);
  }

  private async count(now: Date, ...attempts: LoginAttempts[]): Promise<void> {
    for (const each of attempts) each.count(now);
    await this.attempts.save(attempts);
  }
}

export function tooMany(waitMs: number): TooManyAttempts {
  return new TooManyAttempts(Math.ceil(waitMs / 1000));
}

const currentNetwork = () => networkOf(currentMessage()?.origin ?? '');
