import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { IDEMPOTENCY_KEY_HOURS, IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { LoginAttempts } from './sessions/login-attempts.entity.js';
import { RefreshToken } from './sessions/refresh-token.entity.js';

const HOUR_MS = 60 * 60 * 1000;

/** Deletes hourly what has no meaning any more: old idempotency keys, expired sessions, forgotten sign-in attempts. */
@Injectable()
export class ForgetThePast implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(IdempotencyKey, 'gateway') private readonly keys: Repository<IdempotencyKey>,
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    @InjectRepository(LoginAttempts, 'gateway') private readonly attempts: Repository<LoginAttempts>,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('forget-the-past', { everyMs: HOUR_MS }, () =>
      this.unitOfWork.run(() => this.forget(this.clock.now())),
    );
  }

  private async forget(now: Date): Promise<void> {
    const keysBefore = new Date(now.getTime() - IDEMPOTENCY_KEY_HOURS * HOUR_MS);
    await this.keys.delete({ createdAt: LessThan(keysBefore) });
    await this.tokens.delete({ expiresAt: LessThan(now) });
    await this.attempts.delete({ lastAt: LessThan(LoginAttempts.forgottenBefore(now)) });
  }
}
