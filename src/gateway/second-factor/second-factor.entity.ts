import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TooManyAttempts } from '../contract/index.js';
import { recoveryCodeHash } from './recovery-codes.js';
import { stepOf } from './totp.js';

const FREE_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 15 * 60 * 1000;

/** The one-time passwords of an authenticator app, and recovery codes for its loss. */
@Entity('gateway_second_factors')
export class SecondFactor {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Column({ name: 'sealed_secret', type: 'varchar', length: 200 })
  sealedSecret: string;

  /** Null until a first code has shown that the app has the secret. */
  @Column({ name: 'confirmed_at', type: 'bigint', nullable: true, transformer: instant })
  confirmedAt: Date | null;

  /** The time step of the last code: codes of this and earlier steps are rejected. */
  @Column({ name: 'last_step', type: 'integer' })
  lastStep: number;

  /** Hashes of the unused codes. */
  @Column({ name: 'recovery_codes', type: 'text', transformer: jsonColumn })
  recoveryCodes: string[];

  @Column({ name: 'wrong_attempts', type: 'integer' })
  wrongAttempts: number;

  @Column({ name: 'next_attempt_at', type: 'bigint', nullable: true, transformer: instant })
  nextAttemptAt: Date | null;

  static begin(userId: string, sealedSecret: string): SecondFactor {
    return Object.assign(new SecondFactor(), {
      userId,
      sealedSecret,
      confirmedAt: null,
      lastStep: 0,
      recoveryCodes: [],
      wrongAttempts: 0,
      nextAttemptAt: null,
    });
  }

  /**
   * Consumes an app or recovery code.
   * @returns whether it was correct
   * @throws TooManyAttempts during the wait after wrong codes
   */
  spend(code: string, secret: string, now: Date): boolean {
    const waitMs = (this.nextAttemptAt?.getTime() ?? 0) - now.getTime();
    if (waitMs > 0) throw new TooManyAttempts(Math.ceil(waitMs / 1000));
    if (this.useStep(code, secret, now) || this.useRecoveryCode(code)) {
      this.wrongAttempts = 0;
      this.nextAttemptAt = null;
      return true;
    }
    this.wrongAttempts += 1;
    const over = this.wrongAttempts - FREE_ATTEMPTS;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, over), LONGEST_PAUSE_MS);
    if (over >= 0) this.nextAttemptAt = new Date(now.getTime() + pause);
    return false;
  }

  private useStep(code: string, secret: string, now: Date): boolean {
    const step = stepOf(code, secret, now);
    if (step === undefined || step <= this.lastStep) return false;
    this.lastStep = step;
    return true;
  }

  private useRecoveryCode(code: string): boolean {
    const hash = recoveryCodeHash(code);
    if (this.confirmedAt === null || !this.recoveryCodes.includes(hash)) return false;
    this.recoveryCodes = this.recoveryCodes.filter((each) => each !== hash);
    return true;
  }
}
