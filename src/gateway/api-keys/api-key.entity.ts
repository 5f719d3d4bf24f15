import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { PrincipalView } from '../contract/index.js';

const DAY_MS = 24 * 60 * 60 * 1000;
export const API_KEY_DAYS = 365;

/** What every API key starts with, so that it can be told from an access token, and found by secret scanners. */
export const API_KEY_PREFIX = 'aitbc_';

/** A long-lived credential of something that is not a person. Only its hash is known. */
@Entity('gateway_api_keys')
export class ApiKey {
  /** SHA-256 of the key, in hex. */
  @PrimaryColumn({ name: 'key_hash', type: 'varchar', length: 64 })
  keyHash: string;

  /** Whom the key stands for: an agent. */
  @Index('gateway_api_keys_subject')
  @Column({ type: 'varchar', length: 36 })
  subject: string;

  @Index('gateway_api_keys_owner')
  @Column({ name: 'owner_id', type: 'varchar', length: 36 })
  ownerId: string;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ type: 'text', transformer: jsonColumn })
  scopes: string[];

  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'bigint', transformer: instant })
  expiresAt: Date;

  @Column({ name: 'revoked_at', type: 'bigint', nullable: true, transformer: instant })
  revokedAt: Date | null;

  static forAgent(keyHash: string, agentId: string, ownerId: string, name: string, now: Date): ApiKey {
    return Object.assign(new ApiKey(), {
      keyHash,
      subject: agentId,
      ownerId,
      name,
      scopes: ['agent'],
      createdAt: now,
      expiresAt: new Date(now.getTime() + API_KEY_DAYS * DAY_MS),
      revokedAt: null,
    });
  }

  isRevoked(): boolean {
    return this.revokedAt !== null;
  }

  isExpired(now: Date): boolean {
    return this.expiresAt <= now;
  }

  toPrincipal(): PrincipalView {
    return PrincipalView.of({ subject: this.subject, roles: [], scopes: [...this.scopes] });
  }
}
