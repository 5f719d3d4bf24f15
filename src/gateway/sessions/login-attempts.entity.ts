import { createHash } from 'node:crypto';
import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const FREE_ATTEMPTS = 10;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * The sign-ins tried for one email since the last that succeeded. Kept for emails without an account too: otherwise
 * being slowed down would tell that there is one.
 */
@Entity('gateway_login_attempts')
export class LoginAttempts {
  @PrimaryColumn({ name: 'email_hash', type: 'varchar', length: 64 })
  emailHash: string;

  @Column({ type: 'integer' })
  attempts: number;

  @Index('gateway_login_attempts_last_at')
  @Column({ name: 'last_at', type: 'bigint', transformer: instant })
  lastAt: Date;

  static none(emailHash: string): LoginAttempts {
    return Object.assign(new LoginAttempts(), { emailHash, attempts: 0, lastAt: new Date(0) });
  }

  /** Milliseconds until the next attempt is looked at: none for the first ten, then 1 s, 2 s, 4 s … 15 minutes. */
  waitMs(now: Date): number {
    if (this.attempts < FREE_ATTEMPTS || this.areForgotten(now)) return 0;
    const pause = Math.min(1000 * 2 ** Math.min(this.attempts - FREE_ATTEMPTS, 20), LONGEST_WAIT_MS);
    return Math.max(0, this.lastAt.getTime() + pause - now.getTime());
  }

  count(now: Date): void {
    this.attempts = this.areForgotten(now) ? 1 : this.attempts + 1;
    this.lastAt = now;
  }

  private areForgotten(now: Date): boolean {
    return now.getTime() - this.lastAt.getTime() > FORGOTTEN_AFTER_MS;
  }

  /** Before this time nothing of an attempt counts any more. */
  static forgottenBefore(now: Date): Date {
    return new Date(now.getTime() - FORGOTTEN_AFTER_MS);
  }
}

/** @param email as `normalEmail` writes it */
export function emailHash(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}
