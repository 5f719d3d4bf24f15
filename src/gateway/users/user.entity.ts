import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AccountView, type Role, UserView } from '../contract/index.js';

@Entity('gateway_users')
export class User {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  /** Normalised: see `normalEmail`. */
  @Column({ type: 'varchar', length: 254, unique: true })
  email: string;

  @Column({ name: 'password_hash', type: 'varchar', length: 200 })
  passwordHash: string;

  @Column({ type: 'text', transformer: jsonColumn })
  roles: Role[];

  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;

  @Column({ name: 'locked_at', type: 'bigint', nullable: true, transformer: instant })
  lockedAt: Date | null = null;

  @Column({ name: 'lock_reason', type: 'varchar', length: 1000, nullable: true })
  lockReason: string | null = null;

  /** Incremented to invalidate earlier access tokens: each carries the version it was issued with. */
  @Column({ name: 'credentials_version', type: 'integer', default: 0 })
  credentialsVersion: number = 0;

  @Index('gateway_users_credentials_changed_at')
  @Column({ name: 'credentials_changed_at', type: 'bigint', nullable: true, transformer: instant })
  credentialsChangedAt: Date | null = null;

  /** When the owner proved that they receive mail at this address. */
  @Column({ name: 'email_verified_at', type: 'bigint', nullable: true, transformer: instant })
  emailVerifiedAt: Date | null = null;

  /** Since when sign-in requires a code besides the password. */
  @Column({ name: 'second_factor_since', type: 'bigint', nullable: true, transformer: instant })
  secondFactorSince: Date | null = null;

  @Column({ name: 'deleted_at', type: 'bigint', nullable: true, transformer: instant })
  deletedAt: Date | null = null;

  /** @param email as `normalEmail` writes it */
  static register(id: string, email: string, passwordHash: string, roles: Role[], now: Date): User {
    return Object.assign(new User(), { id, email, passwordHash, roles, createdAt: now });
  }

  get isLocked(): boolean {
    return this.lockedAt !== null;
  }

  get hasSecondFactor(): boolean {
    return this.secondFactorSince !== null;
  }

  get isAdministrator(): boolean {
    return this.roles.includes('admin');
  }

  hasRoles(roles: readonly Role[]): boolean {
    return roles.length === this.roles.length && roles.every((role) => this.roles.includes(role));
  }

  setRoles(roles: readonly Role[], now: Date): void {
    this.roles = [...roles];
    this.withdrawTokens(now);
  }

  lock(reason: string, now: Date): void {
    this.lockedAt = now;
    this.lockReason = reason;
    this.withdrawTokens(now);
  }

  unlock(): void {
    this.lockedAt = null;
    this.lockReason = null;
  }

  verifyEmail(now: Date): void {
    this.emailVerifiedAt ??= now;
  }

  /** The row stays because others refer to its id; it contains no personal data and does not allow sign-in. */
  erase(now: Date): void {
    this.email = `deleted:${this.id}`;
    this.passwordHash = '';
    this.roles = [];
    this.lockedAt = null;
    this.lockReason = null;
    this.emailVerifiedAt = null;
    this.secondFactorSince = null;
    this.deletedAt = now;
    this.withdrawTokens(now);
  }

  /** Sign-in then requires the password only. */
  removeSecondFactor(now: Date): void {
    this.secondFactorSince = null;
    this.withdrawTokens(now);
  }

  /** Invalidates all earlier access tokens. */
  withdrawTokens(now: Date): void {
    this.credentialsVersion += 1;
    this.credentialsChangedAt = now;
  }
}

export function toUserView(user: User): UserView {
  const { id, email, roles, createdAt, emailVerifiedAt, hasSecondFactor: secondFactor } = user;
  return UserView.of({
    id,
    email,
    roles: [...roles],
    createdAt,
    emailVerified: emailVerifiedAt !== null,
    secondFactor,
  });
}

export function toAccountView(user: User): AccountView {
  const { lockedAt, lockReason } = user;
  return AccountView.of({ ...toUserView(user), lockedAt, lockReason });
}
