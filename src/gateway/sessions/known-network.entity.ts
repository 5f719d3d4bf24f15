import { createHash } from 'node:crypto';
import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const DAY_MS = 24 * 60 * 60 * 1000;
const KNOWN_FOR_MS = 90 * DAY_MS;

/** A network from which a user has signed in to an account with the correct password. */
@Entity('gateway_known_networks')
export class KnownNetwork {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  /** SHA-256 in hex: only compared, so the address itself is not stored. */
  @PrimaryColumn({ name: 'network_hash', type: 'varchar', length: 64 })
  networkHash: string;

  @Index('gateway_known_networks_seen_at')
  @Column({ name: 'seen_at', type: 'bigint', transformer: instant })
  seenAt: Date;

  static of(userId: string, network: string, seenAt: Date): KnownNetwork {
    return Object.assign(new KnownNetwork(), { userId, networkHash: networkHash(network), seenAt });
  }

  isKnown(now: Date): boolean {
    return this.seenAt >= KnownNetwork.forgottenBefore(now);
  }

  /** Networks without a sign-in since this time are deleted. */
  static forgottenBefore(now: Date): Date {
    return new Date(now.getTime() - KNOWN_FOR_MS);
  }
}

export function networkHash(network: string): string {
  return createHash('sha256').update(network).digest('hex');
}
