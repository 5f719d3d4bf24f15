import { Command, Secret, View } from '@aitbc/modulith';
import { Id, OptionalField, type Page, PageQuery, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { GivenPassword, OptionalCode } from './credentials.js';

/** The permissions of a key: each reads or changes one kind of resource. Accounts and administration are excluded. */
export const API_KEY_SCOPES = [
  'wallets:read',
  'wallets:write',
  'offers:read',
  'offers:write',
  'bookings:read',
  'bookings:write',
  'agents:read',
  'agents:write',
  'jobs:read',
  'jobs:write',
  'events:read',
] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

export const DEFAULT_API_KEY_DAYS = 90;

/** A user's key; the key itself is shown once, on creation. */
export class ApiKeyView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) id: string;
  @ApiProperty({ example: 'nightly training' }) name: string;
  @ApiProperty({ example: 'aitbc_Zk3T', description: 'How the key begins, to find it again' }) hint: string;
  @ApiProperty({ example: ['jobs:read', 'jobs:write'], isArray: true, enum: API_KEY_SCOPES }) scopes: string[];
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) createdAt: Date;
  @ApiProperty({ example: '2026-04-01T00:00:00.000Z' }) expiresAt: Date;
  @ApiProperty({
    type: Date,
    nullable: true,
    example: '2026-01-02T03:04:05.000Z',
    description: 'To the minute; null before its first use',
  })
  lastUsedAt: Date | null;
}

export class CreatedApiKeyView extends ApiKeyView {
  @ApiProperty({ example: 'aitbc_Zk3Tq0uYw9XbC1nR5vJ8sLh2mPd7aGe4oKi6fUxQzVs', description: 'Shown this once' })
  @Secret()
  key: string;
}

/**
 * Creates a key for a program that acts for the caller within the key's scopes.
 * @throws WrongPassword, WrongCode, TooManyAttempts, LimitReached
 */
export class CreateApiKey extends Command<CreatedApiKeyView> {
  @ApiProperty({ example: 'nightly training', maxLength: 64 })
  @Text({ max: 64 })
  name: string;

  @ApiProperty({ example: ['jobs:read', 'jobs:write'], isArray: true, enum: API_KEY_SCOPES })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(API_KEY_SCOPES.length)
  @ArrayUnique()
  @IsIn(API_KEY_SCOPES, { each: true })
  scopes: ApiKeyScope[];

  @ApiPropertyOptional({ example: 30, minimum: 1, maximum: 365, default: DEFAULT_API_KEY_DAYS })
  @OptionalField()
  @WholeNumber({ min: 1, max: 365 })
  expiresInDays?: number;

  @GivenPassword('The password of the caller') password: string;
  @OptionalCode() code?: string;
}

/** The caller's valid keys, newest first. */
export class ListApiKeys extends PageQuery<Page<ApiKeyView>> {}

/** Revokes a key of the caller immediately. @throws ApiKeyNotFound */
export class RevokeApiKey extends Command {
  @Id() keyId: string;
}
