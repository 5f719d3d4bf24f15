import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock, deleteBefore } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { IDEMPOTENCY_KEY_HOURS, IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { MailedToken } from './mail/mailed-token.entity.js';
import { SpentChallenge } from './passkeys/spent-challenge.entity.js';
import { KnownNetwork } from './sessions/known-network.entity.js';
import { LoginAttempts } from './sessions/login-attempts.entity.js';
import { RefreshToken } from './sessions/refresh-token.entity.js';

const HOUR_MS = 60 * 60 * 1000;
/** Longer than their validity: replica clocks differ, and a key deleted too early would cause a duplicate execution. */
const KEEP_KEYS_HOURS = 2 * IDEMPOTENCY_KEY_HOURS;

/** Deletes expired data hourly: idempotency keys, sessions, answered challenges. */
@Injectable()
export class ForgetThePast implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(IdempotencyKey, 'gateway') private readonly keys: Repository<IdempotencyKey>,
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    @InjectRepository(LoginAttempts, 'gateway') private readonly attempts: Repository<LoginAttempts>,
    @InjectRepository(KnownNetwork, 'gateway') private readonly networks: Repository<KnownNetwork>,
    @InjectRepository(MailedToken, 'gateway') private readonly mailed: Repository<MailedToken>,
    @InjectRepository(SpentChallenge, 'gateway') private readonly challenges: Repository<SpentChallenge>,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('forget-the-past', { everyMs: HOUR_MS }, () => this.forget(this.clock.now()));
  }

  async forget(now: Date): Promise<void> {
    await this.unitOfWork.run(async () => {
      await deleteBefore(this.keys, 'createdAt', new Date(now.getTime() - KEEP_KEYS_HOURS * HOUR_MS));
      await deleteBefore(this.tokens, 'expiresAt', now);
      await deleteBefore(this.attempts, 'lastAt', LoginAttempts.forgottenBefore(now));
      await deleteBefore(this.mailed, 'expiresAt', now);
      await deleteBefore(this.challenges, 'expiresAt', new Date(now.getTime() - HOUR_MS));
      await deleteBefore(this.networks, 'seenAt', KnownNetwork.forgottenBefore(now));
    });
  }
}
