import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Capability } from '../contract/agents.js';
import { KeyAlreadySet, KeyMissing } from '../contract/errors.js';

/** After this silence an agent counts as offline, and its leases as lost. */
export const SILENCE_MS = 45_000;

export interface Registration {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly capabilities: readonly Capability[];
  readonly offerIds: readonly string[];
  readonly concurrency: number;
  readonly region: string | null;
}

/** A provider's machine that executes the jobs of some of the provider's offers. */
@Entity('agents_agents')
@Index('agents_agents_by_owner', ['ownerId', 'createdAt', 'id'])
export class Agent {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ name: 'owner_id', type: 'varchar', length: 36 }) ownerId: string;
  @Column({ type: 'varchar', length: 100 }) name: string;
  @Column({ type: 'text', transformer: jsonColumn }) capabilities: Capability[];
  @Column({ name: 'offer_ids', type: 'text', transformer: jsonColumn }) offerIds: string[];
  @Column({ type: 'integer' }) concurrency: number;
  @Column({ type: 'varchar', length: 32, nullable: true }) region: string | null;
  @Column({ name: 'public_key', type: 'varchar', length: 43, nullable: true }) publicKey: string | null = null;
  @Column({ name: 'last_seen_at', type: 'bigint', nullable: true, transformer: instant }) lastSeenAt: Date | null =
    null;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;
  /** Since when it takes no more jobs; its receipts stay valid. */
  @Column({ name: 'retired_at', type: 'bigint', nullable: true, transformer: instant }) retiredAt: Date | null = null;

  static register(registration: Registration, now: Date): Agent {
    return Object.assign(new Agent(), registration, { createdAt: now });
  }

  isOnline(now: Date): boolean {
    return !this.isRetired && this.lastSeenAt !== null && now.getTime() - this.lastSeenAt.getTime() < SILENCE_MS;
  }

  get isRetired(): boolean {
    return this.retiredAt !== null;
  }

  rename(name: string): void {
    this.name = name;
  }

  /** The next daemon that connects with the agent's token sets its own key. */
  forgetKey(): void {
    this.publicKey = null;
  }

  retire(now: Date): void {
    this.retiredAt ??= now;
  }

  seen(now: Date): void {
    this.lastSeenAt = now;
  }

  /** @throws KeyAlreadySet if the daemon presents a different key than before */
  introduceKey(publicKey: string): void {
    if (this.publicKey !== null && this.publicKey !== publicKey) throw new KeyAlreadySet(this.id);
    this.publicKey = publicKey;
  }

  replaceKey(publicKey: string): void {
    this.publicKey = publicKey;
  }

  /** @throws KeyMissing */
  mustHaveKey(): string {
    if (this.publicKey === null) throw new KeyMissing(this.id);
    return this.publicKey;
  }
}
