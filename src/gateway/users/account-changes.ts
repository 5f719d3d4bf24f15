import { Forbidden, type Principal, requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GatewayAudited, OnlyAdministratorMay, OwnAccount, TokensWithdrawn, UserNotFound } from '../contract/index.js';
import { User } from './user.entity.js';

/** Loads and saves an account changed by its user or an operator. Part of the caller's unit of work. */
@Injectable()
export class AccountChanges {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** An account that the caller may change. @throws Forbidden, UserNotFound, OnlyAdministratorMay */
  async find(userId: string): Promise<User> {
    const operator = requirePrincipal();
    if (!isOperator(operator)) throw new Forbidden();
    const user = await this.users.findOneBy({ id: userId });
    if (!user) throw new UserNotFound();
    const isStaff = user.roles.some((role) => role !== 'user');
    if (isStaff && !operator.roles.includes('admin')) throw new OnlyAdministratorMay();
    return user;
  }

  /** The same for another user's account. @throws OwnAccount too */
  async findAnothers(userId: string): Promise<User> {
    if (requirePrincipal().subject === userId) throw new OwnAccount();
    return this.find(userId);
  }

  /**
   * Changes the account, notifies every gateway, and writes the audit record.
   * @param more details for the record besides the new state
   */
  async apply(user: User, action: string, change: (now: Date) => void, more: object = {}): Promise<void> {
    const now = this.clock.now();
    const before = stateOf(user);
    const version = user.credentialsVersion;
    change(now);
    await this.users.save(user);
    if (user.credentialsVersion !== version) {
      this.events.publish(TokensWithdrawn.of({ userId: user.id, version: user.credentialsVersion, at: now }));
    }
    const resource = `gateway.user ${user.id}`;
    this.events.publish(GatewayAudited.of({ resource, action, before, after: { ...stateOf(user), ...more } }));
  }
}

export function isOperator({ roles }: Principal): boolean {
  return roles.includes('operator') || roles.includes('admin');
}

/** Without the email: the log outlives the account. */
function stateOf({
  roles,
  isLocked,
  lockReason,
  credentialsVersion,
  emailVerifiedAt,
  hasSecondFactor: secondFactor,
}: User) {
  const emailVerified = emailVerifiedAt !== null;
  return { roles: [...roles], locked: isLocked, lockReason, credentialsVersion, emailVerified, secondFactor };
}
