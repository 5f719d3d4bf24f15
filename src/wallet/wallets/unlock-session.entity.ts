import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** While it lasts, the wallet's key is available without the password, wrapped with the master key. */
@Entity('wallet_sessions')
@Index('wallet_sessions_by_expiry', ['expiresAt'])
export class UnlockSession {
  @PrimaryColumn({ name: 'wallet_id', type: 'varchar', length: 36 }) walletId: string;
  @Column({ name: 'wrapped_key', type: 'text' }) wrappedKey: string;
  @Column({ name: 'expires_at', type: 'bigint', transformer: instant }) expiresAt: Date;

  isOver(now: Date): boolean {
    return this.expiresAt <= now;
  }
}
