import { createHash } from 'node:crypto';
import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Failures from one network before it has to wait. */
export const FREE_ATTEMPTS = 10;
/** Failures from all networks unknown to the account before each of them has to wait. */
export const FREE_ATTEMPTS_FROM_STRANGERS = 100;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Sign-in attempts for one email from one network, or from all networks unknown to the account, since the last success.
 * Also counted for emails without an account: otherwise a wait would reveal that the account exists.
 */
@Entity('gateway_login_attempts')
export class LoginAttempts {
  /** Of the counted key: see {@link attemptsFrom} and {@link attemptsOfStrangers}. */
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

  /** Milliseconds until the next attempt is checked: none for the free attempts, then 1 s, 2 s, 4 s … 15 minutes. */
  waitMs(now: Date, free: number): number {
    if (this.attempts < free || this.areForgotten(now)) return 0;
    const pause = Math.min(1000 * 2 ** Math.min(this.attempts - free, 20), LONGEST_WAIT_MS);
    return Math.max(0, this.lastAt.getTime() + pause - now.getTime());
  }

  count(now: Date): void {
    this.attempts = this.areForgotten(now) ? 1 : this.attempts + 1;
    this.lastAt = now;
  }

  private areForgotten(now: Date): boolean {
    return now.getTime() - this.lastAt.getTime() > FORGOTTEN_AFTER_MS;
  }

  /** Attempts before this time no longer count. */
  static forgottenBefore(now: Date): Date {
    return new Date(now.getTime() - FORGOTTEN_AFTER_MS);
  }
}

/**
 * The key for attempts on an account from one network.
 * @param email as `normalEmail` writes it
 */
export function attemptsFrom(network: string, email: string): string {
  return createHash('sha256').update(`${email}\n${network}`).digest('hex');
}

/** The key for attempts on an account from all networks unknown to it. */
export function attemptsOfStrangers(email: string): string {
  return createHash('sha256').update(email).digest('hex');
}
