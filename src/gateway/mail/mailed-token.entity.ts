import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;

export const MAIL_KINDS = ['register', 'taken', 'verify', 'reset', 'changed', 'passkey', 'unprotected'] as const;
/**
 * `register` completes a registration, `taken` tells an address's owner about an attempt to register it, `verify`
 * proves an address, `reset` replaces a password, `changed` reports its replacement, `passkey` an added passkey, and
 * `unprotected` the removal of the second factor by an operator.
 */
export type MailKind = (typeof MAIL_KINDS)[number];

const LIFE_MS: Readonly<Record<MailKind, number>> = {
  register: 24 * HOUR_MS,
  taken: HOUR_MS,
  verify: 24 * HOUR_MS,
  reset: 30 * MINUTE_MS,
  changed: 24 * HOUR_MS,
  passkey: 24 * HOUR_MS,
  unprotected: 24 * HOUR_MS,
};
/** Limits guesses of a pending registration's password, and passwords rejected as too weak. */
const MOST_ATTEMPTS = 10;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/** A mail to an address, with a token that proves control of the mailbox; only the token's hash is stored. */
@Entity('gateway_mailed_tokens')
@Index('gateway_mailed_tokens_email', ['email', 'createdAt'])
export class MailedToken {
  /** SHA-256 in hex. */
  @PrimaryColumn({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @Column({ type: 'varchar', length: 16 })
  kind: MailKind;

  @Column({ type: 'varchar', length: 254 })
  email: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36, nullable: true })
  userId: string | null;

  /** Of the account that a registration will create. */
  @Column({ name: 'password_hash', type: 'varchar', length: 200, nullable: true })
  passwordHash: string | null;

  @Column({ type: 'integer' })
  attempts: number;

  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;

  @Index('gateway_mailed_tokens_expires_at')
  @Column({ name: 'expires_at', type: 'bigint', transformer: instant })
  expiresAt: Date;

  /** The sealed token, until the mail is sent. */
  @Column({ name: 'sealed_token', type: 'varchar', length: 200, nullable: true })
  sealedToken: string | null;

  @Index('gateway_mailed_tokens_send_at')
  @Column({ name: 'send_at', type: 'bigint', nullable: true, transformer: instant })
  sendAt: Date | null;

  @Column({ name: 'send_attempts', type: 'integer' })
  sendAttempts: number;

  static due(fields: Pick<MailedToken, 'tokenHash' | 'kind' | 'email' | 'sealedToken'>, now: Date): MailedToken {
    return Object.assign(new MailedToken(), fields, {
      userId: null,
      passwordHash: null,
      attempts: 0,
      createdAt: now,
      expiresAt: new Date(now.getTime() + LIFE_MS[fields.kind]),
      sendAt: now,
      sendAttempts: 0,
    });
  }

  isUsable(now: Date): boolean {
    return this.expiresAt > now && this.attempts < MOST_ATTEMPTS;
  }

  hasLeft(): void {
    this.sealedToken = null;
    this.sendAt = null;
  }

  /** Postpones the next attempt, until the mail has expired. */
  putOff(now: Date): void {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.sendAttempts, LONGEST_PAUSE_MS);
    this.sendAttempts += 1;
    const next = new Date(now.getTime() + pause);
    if (next < this.expiresAt) this.sendAt = next;
    else this.hasLeft();
  }
}
