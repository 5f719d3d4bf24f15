import { Command, Query, Secret, View } from '@aitbc/modulith';
import { Id, IdList, MAX_INTEGER, OptionalField, type Page, PageQuery, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';

export const CAPABILITIES = ['wasm'] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const AGENT_STATUSES = ['online', 'offline', 'retired'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

export class AgentView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6081' }) id: string;
  @ApiProperty() ownerId: string;
  @ApiProperty({ example: 'rack 12' }) name: string;
  @ApiProperty({ enum: CAPABILITIES, isArray: true, example: ['wasm'] }) capabilities: Capability[];
  @ApiProperty({ type: [String], description: 'The offers whose jobs it takes' }) offerIds: string[];
  @ApiProperty({ example: 1, description: 'Jobs that it executes at a time' }) concurrency: number;
  @ApiProperty({ type: String, nullable: true, example: 'eu-west' }) region: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Ed25519, 32 bytes as base64url; null until its daemon has started',
    example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  })
  publicKey: string | null;
  @ApiProperty({ enum: AGENT_STATUSES, example: 'online' }) status: AgentStatus;
  @ApiProperty({ type: Date, nullable: true }) lastSeenAt: Date | null;
  @ApiProperty() createdAt: Date;
}

export class RegisteredAgentView extends View {
  @ApiProperty({ type: AgentView }) agent: AgentView;
  @ApiProperty({ description: 'For AITBC_AGENT_TOKEN; shown this once', example: 'aitbc_agent_…' })
  @Secret()
  token: string;
}

/**
 * Registers a provider's machine that will execute the jobs of some of the provider's offers.
 * @throws OfferNotOwned, and the marketplace's error for an offer that does not exist
 */
export class RegisterAgent extends Command<RegisteredAgentView> {
  @ApiProperty({ example: 'rack 12', maxLength: 100 }) @Text({ max: 100 }) name: string;

  @ApiProperty({ enum: CAPABILITIES, isArray: true, example: ['wasm'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(CAPABILITIES, { each: true })
  capabilities: Capability[];

  @ApiProperty({ type: [String], example: ['019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071'] })
  @IdList({ min: 1, max: 50, unique: true })
  offerIds: string[];

  @ApiPropertyOptional({ example: 1, minimum: 1, maximum: 64, default: 1 })
  @OptionalField()
  @WholeNumber({ min: 1, max: 64 })
  concurrency?: number;

  @ApiPropertyOptional({ example: 'eu-west', maxLength: 32 }) @OptionalField() @Text({ max: 32 }) region?: string;
}

/**
 * The agent's daemon sets its key for signing receipts, once; the owner may replace it.
 * @throws AgentNotFound, KeyAlreadySet
 */
export class SetAgentKey extends Command<AgentView> {
  @Id() agentId: string;

  @ApiProperty({
    example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    description: 'Ed25519 public key, 32 bytes as base64url',
  })
  @Text({ max: 43, pattern: /^[\w-]{43}$/, says: 'must be 32 bytes as base64url, 43 characters' })
  publicKey: string;
}

export class OfferPresenceView extends View {
  @Id() offerId: string;
  @WholeNumber({ min: 0, max: MAX_INTEGER }) online: number;
  lastSeenAt: Date | null;
}

/** Whether offers have agents, and whether these are online. */
export class GetOfferPresence extends Query<OfferPresenceView[]> {
  @IdList({ min: 0, max: 1000 }) offerIds: string[];
}

/** The number of the caller's agents. Used by this module only. */
export class CountAgents extends Query<number> {}

/** Renames an agent of the caller. @throws AgentNotFound */
export class RenameAgent extends Command<AgentView> {
  @Id() agentId: string;
  @ApiProperty({ example: 'rack 12', maxLength: 100 }) @Text({ max: 100 }) name: string;
}

/**
 * For an owner who has lost an agent's token, key or machine: issues a new token, revokes all earlier ones, and lets
 * the next daemon with the new token set its own key.
 * @throws AgentNotFound
 */
export class RekeyAgent extends Command<RegisteredAgentView> {
  @Id() agentId: string;
}

/** Permanently retires an agent of the caller: its token is revoked and it gets no more jobs. @throws AgentNotFound */
export class RetireAgent extends Command<AgentView> {
  @Id() agentId: string;
}

/** Visible to its owner, itself and operators. @throws AgentNotFound */
export class GetAgent extends Query<AgentView> {
  @Id() agentId: string;
}

/** The caller's agents, newest first; an operator sees all. */
export class ListAgents extends PageQuery<Page<AgentView>> {
  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id' })
  @OptionalField()
  @Id()
  ownerId?: string;

  @ApiPropertyOptional({
    enum: AGENT_STATUSES,
    example: 'online',
    description: 'Retired ones are not listed otherwise',
  })
  @OptionalField()
  @IsIn(AGENT_STATUSES)
  status?: AgentStatus;
}
