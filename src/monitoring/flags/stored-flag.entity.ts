import {
  declaredFlags,
  type Flag,
  type FlagKind,
  type FlagPrerequisite,
  type FlagRule,
  instant,
  jsonColumn,
} from '@aitbc/platform';
import type { JsonValue } from '@openfeature/server-sdk';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { FlagArchived, FlagChanged } from '../contract/index.js';

/** The part of a flag that operators set. */
export type FlagSettings = Omit<Flag, 'key' | 'kind' | 'version'> & { readonly description: string };

/** A flag as set by operators. An archived one is out of service, and its key may be reused. */
@Entity('monitoring_flags')
export class StoredFlag implements Flag {
  @PrimaryColumn({ type: 'varchar', length: 64 }) key: string;
  @Column({ type: 'varchar', length: 8 }) kind: FlagKind;
  @Column({ type: 'varchar', length: 500 }) description: string;
  @Column({ type: 'text', transformer: jsonColumn }) variants: Record<string, JsonValue>;
  @Column({ type: 'boolean' }) enabled: boolean;
  @Column({ name: 'off_variant', type: 'varchar', length: 64 }) offVariant: string;
  @Column({ name: 'default_variant', type: 'varchar', length: 64 }) defaultVariant: string;
  @Column({ type: 'text', transformer: jsonColumn }) allow: string[];
  @Column({ name: 'allow_variant', type: 'varchar', length: 64, nullable: true }) allowVariant: string | null;
  @Column({ type: 'text', transformer: jsonColumn }) deny: string[];
  @Column({ name: 'starts_at', type: 'bigint', nullable: true, transformer: instant }) startsAt: Date | null;
  @Column({ name: 'ends_at', type: 'bigint', nullable: true, transformer: instant }) endsAt: Date | null;
  @Column({ type: 'text', transformer: jsonColumn }) prerequisites: FlagPrerequisite[];
  @Column({ type: 'text', transformer: jsonColumn }) rules: FlagRule[];
  @Column({ type: 'varchar', length: 32 }) salt: string;
  /** Grows with every change and never restarts, not even when an archived flag is recreated. */
  @Column({ type: 'integer' }) version: number;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;
  @Column({ name: 'changed_at', type: 'bigint', transformer: instant }) changedAt: Date;
  @Column({ name: 'archived_at', type: 'bigint', nullable: true, transformer: instant }) archivedAt: Date | null;

  /** @param before the archived flag whose key is reused */
  static create(
    key: string,
    kind: FlagKind,
    settings: Partial<FlagSettings>,
    now: Date,
    before: StoredFlag | null = null,
  ): StoredFlag {
    return Object.assign(new StoredFlag(), initialSettings(key, kind), settings, {
      key,
      kind,
      version: (before?.version ?? 0) + 1,
      createdAt: now,
      changedAt: now,
      archivedAt: null,
    });
  }

  get isArchived(): boolean {
    return this.archivedAt !== null;
  }

  /** @throws FlagChanged if its version is not among these; FlagArchived */
  assertChangeable(versions: readonly number[] | undefined): void {
    if (versions && !versions.includes(this.version)) throw new FlagChanged(this.key, this.version);
    if (this.isArchived) throw new FlagArchived(this.key);
  }

  change(settings: Partial<FlagSettings>, now: Date): void {
    Object.assign(this, settings);
    this.changedAt = now;
    this.version += 1;
  }

  archive(now: Date): void {
    this.archivedAt = now;
    this.changedAt = now;
    this.version += 1;
  }

  /** The settings that operators made. */
  get settings(): FlagSettings {
    const { description, variants, enabled, offVariant, defaultVariant, allow, allowVariant, deny } = this;
    const { startsAt, endsAt, prerequisites, rules, salt } = this;
    return {
      description,
      variants,
      enabled,
      offVariant,
      defaultVariant,
      allow,
      allowVariant,
      deny,
      startsAt,
      endsAt,
      prerequisites,
      rules,
      salt,
    };
  }
}

/** A declared flag starts with the code's default: storing it changes nothing by itself. */
function initialSettings(key: string, kind: FlagKind): FlagSettings {
  const declared = declaredFlags.get(key);
  return {
    description: declared?.meaning ?? '',
    enabled: true,
    ...initialVariants(kind, declared?.fallback),
    allow: [],
    allowVariant: null,
    deny: [],
    startsAt: null,
    endsAt: null,
    prerequisites: [],
    rules: [],
    salt: '',
  };
}

function initialVariants(
  kind: FlagKind,
  fallback: boolean | number | undefined,
): Pick<FlagSettings, 'variants' | 'offVariant' | 'defaultVariant'> {
  if (kind === 'boolean') {
    return { variants: { on: true, off: false }, offVariant: 'off', defaultVariant: fallback ? 'on' : 'off' };
  }
  if (typeof fallback !== 'number') return { variants: {}, offVariant: '', defaultVariant: '' };
  return { variants: { default: fallback }, offVariant: 'default', defaultVariant: 'default' };
}
