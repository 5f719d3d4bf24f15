import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { TooManyAttempts } from '../contract/errors.js';
import { waitAfter } from './unlock-backoff.js';

/** Replaces a destroyed keystore. */
export const NO_KEYSTORE = '';

/** An account on the chain whose key is kept here for its owner. */
@Entity('wallet_wallets')
@Index('wallet_wallets_by_owner', ['ownerId', 'id'])
@Index('wallet_wallets_once', ['ownerId', 'address'], { unique: true })
@Index('wallet_wallets_by_address', ['address'])
export class Wallet {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ name: 'owner_id', type: 'varchar', length: 36 }) ownerId: string;
  @Column({ type: 'varchar', length: 64 }) name: string;
  @Column({ type: 'varchar', length: 42 }) address: string;
  /** Web3 Secret Storage with the owner's password, sealed with the master key. */
  @Column({ type: 'text' }) keystore: string;
  @Column({ name: 'wrong_attempts', type: 'integer' }) wrongAttempts: number;
  @Column({ name: 'next_attempt_at', type: 'bigint', nullable: true, transformer: instant }) nextAttemptAt: Date | null;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;

  static create(fields: Pick<Wallet, 'id' | 'ownerId' | 'name' | 'address' | 'keystore' | 'createdAt'>): Wallet {
    return Object.assign(new Wallet(), fields, { wrongAttempts: 0, nextAttemptAt: null });
  }

  /**
   * Counts an attempt before its password is checked.
   * @throws TooManyAttempts while earlier wrong ones impose a wait
   */
  reserveAttempt(now: Date): void {
    const waitMs = (this.nextAttemptAt?.getTime() ?? 0) - now.getTime();
    if (waitMs > 0) throw new TooManyAttempts(this.id, Math.ceil(waitMs / 1000));
    this.wrongAttempts += 1;
    const nextWait = waitAfter(this.wrongAttempts);
    this.nextAttemptAt = nextWait > 0 ? new Date(now.getTime() + nextWait) : null;
  }

  acceptPassword(): void {
    this.wrongAttempts = 0;
    this.nextAttemptAt = null;
  }
}
