import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A challenge that a passkey has answered; it is not accepted again. Kept until its expiry. */
@Entity('gateway_spent_challenges')
export class SpentChallenge {
  /** SHA-256 in hex. */
  @PrimaryColumn({ name: 'challenge_hash', type: 'varchar', length: 64 })
  challengeHash: string;

  @Index('gateway_spent_challenges_expires_at')
  @Column({ name: 'expires_at', type: 'bigint', transformer: instant })
  expiresAt: Date;
}
