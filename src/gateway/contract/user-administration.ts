import { Command, Query } from '@aitbc/modulith';
import { Id, OptionalField, type Page, PageQuery, Switch, Text } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayContains, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { UserView } from './views.js';

export const ROLES = ['user', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

const TIME = { type: Date, nullable: true, example: null } as const;

/** An account as operators see it. */
export class AccountView extends UserView {
  @ApiProperty({ ...TIME, description: 'Since when nobody can use it' }) lockedAt: Date | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'For operators; the user does not see it' })
  lockReason: string | null;
}

export class AccountDetailsView extends AccountView {
  @ApiProperty({ example: 2, description: 'Sessions that could still be refreshed' }) openSessions: number;
  @ApiProperty({ example: 2, description: 'Passkeys that sign in to the account' }) passkeys: number;
  @ApiProperty({ example: 1, description: 'Agents’ tokens that are neither revoked nor expired' })
  activeApiKeys: number;
}

/** Accounts, newest first. */
export class SearchUsers extends PageQuery<Page<AccountView>> {
  @ApiPropertyOptional({ example: 'ada@', description: 'Part of the email, in any case' })
  @OptionalField()
  @Text({ max: 254 })
  email?: string;

  @ApiPropertyOptional({ enum: ROLES, example: 'operator' }) @OptionalField() @IsIn(ROLES) role?: Role;

  @ApiPropertyOptional({ type: Boolean, example: true })
  @OptionalField()
  @Switch()
  locked?: boolean;
}

/** @throws UserNotFound */
export class GetAccount extends Query<AccountDetailsView> {
  @Id() userId: string;
}

/**
 * An administrator sets a user's roles. Tokens with the old roles are refused from then on.
 * @throws UserNotFound, OwnAccount, LastAdministrator
 */
export class SetUserRoles extends Command<AccountView> {
  @Id() userId: string;

  @ApiProperty({ example: ['user', 'operator'], enum: ROLES, isArray: true, description: 'All of them; `user` always' })
  @IsArray()
  @ArrayUnique()
  @ArrayContains(['user'])
  @IsIn(ROLES, { each: true })
  roles: Role[];
}

/**
 * Locks an account immediately: ends its sessions and refuses its access tokens and its agents' tokens.
 * @throws UserNotFound, OwnAccount, LastAdministrator, OnlyAdministratorMay
 */
export class LockUser extends Command<AccountView> {
  @Id() userId: string;

  @ApiProperty({ example: 'Reported as taken over, ticket 4711.', maxLength: 1000 })
  @Text({ max: 1000, controls: 'lines' })
  reason: string;
}

/** Lets the user sign in again; the agents' tokens work again. @throws UserNotFound, OnlyAdministratorMay */
export class UnlockUser extends Command<AccountView> {
  @Id() userId: string;
}

/**
 * For a user who has lost authenticator app, recovery codes and passkeys: sign-in takes the password only, until they
 * are set up again. All sessions end, and the user is notified by mail.
 * @throws UserNotFound, OwnAccount, OnlyAdministratorMay, SecondFactorNotBegun
 */
export class RemoveSecondFactor extends Command<AccountView> {
  @Id() userId: string;

  @ApiProperty({
    example: 'Lost phone; proved by a call to the number on file, ticket 4712.',
    maxLength: 1000,
    description: 'How the user proved who they are; for the audit log',
  })
  @Text({ max: 1000, controls: 'lines' })
  reason: string;
}

/** Ends all sessions of a user and invalidates the access tokens. @throws UserNotFound, OnlyAdministratorMay */
export class SignOutUser extends Command<AccountView> {
  @Id() userId: string;
}
