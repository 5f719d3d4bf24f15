import { Broadcast, Command, Event, Query, View } from '@aitbc/modulith';
import {
  type Flag,
  FLAG_CAUSES,
  FLAG_KINDS,
  type FlagKind,
  Moment,
  NestedList,
  NullableField,
  OptionalField,
  Switch,
  Text,
  WholeNumber,
  WholeNumberList,
} from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import {
  AreAttributes,
  AreTexts,
  AreVariants,
  FlagPrerequisiteView,
  FlagRuleView,
  IsFlagKey,
  IsVariantName,
} from './flag-fields.js';

const MOST_LISTED = 500;

export const FLAG_STATES = ['stored', 'declared', 'archived'] as const;
export type FlagState = (typeof FLAG_STATES)[number];

export class FlagView extends View {
  @ApiProperty({ example: 'maintenance-mode' }) key: string;
  @ApiProperty({
    enum: FLAG_STATES,
    example: 'stored',
    description: '`declared`: the code asks for it and nothing is stored, so the code’s default is in force',
  })
  state: FlagState;
  @ApiProperty({ example: true, description: 'Whether the code asks for it' }) isDeclared: boolean;
  @ApiProperty({ example: 'Whether changes wait.', description: 'What it is for' }) description: string;
  @ApiProperty({ enum: FLAG_KINDS, example: 'boolean' }) kind: FlagKind;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { on: true, off: false } })
  variants: Record<string, unknown>;
  @ApiProperty({ example: true, description: 'The kill switch: false serves the off variant to everybody' })
  enabled: boolean;
  @ApiProperty({ example: 'off' }) offVariant: string;
  @ApiProperty({ example: 'off', description: 'Served where no rule says otherwise' }) defaultVariant: string;
  @ApiProperty({ example: [], isArray: true, type: String }) allow: string[];
  @ApiProperty({ type: String, nullable: true, example: null }) allowVariant: string | null;
  @ApiProperty({ example: [], isArray: true, type: String }) deny: string[];
  @ApiProperty({ type: Date, nullable: true, example: null }) startsAt: Date | null;
  @ApiProperty({ type: Date, nullable: true, example: null }) endsAt: Date | null;
  @ApiProperty({ type: [FlagPrerequisiteView] }) prerequisites: FlagPrerequisiteView[];
  @ApiProperty({ type: [FlagRuleView] }) rules: FlagRuleView[];
  @ApiProperty({ example: '' }) salt: string;
  @ApiProperty({ example: 3, description: 'Its ETag; 0 where nothing is stored' }) version: number;
  @ApiProperty({ type: Date, nullable: true, example: '2026-01-01T00:00:00.000Z' }) changedAt: Date | null;
}

/** The settable fields of a flag. */
abstract class FlagSettings extends Command<FlagView> {
  @ApiProperty({ required: false, example: 'Opens the new checkout.', maxLength: 500 })
  @OptionalField()
  @Text({ min: 0, max: 500, controls: 'lines' })
  description?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { on: true, off: false },
    description: 'What it can serve, by names; `on` and `off` for a boolean unless said otherwise',
  })
  @OptionalField()
  @AreVariants()
  variants?: Record<string, unknown>;

  @ApiProperty({ required: false, example: true, description: 'The kill switch: false serves the off variant' })
  @OptionalField()
  @IsBoolean()
  enabled?: boolean;

  @ApiProperty({ required: false, example: 'off' }) @OptionalField() @IsVariantName() offVariant?: string;
  @ApiProperty({ required: false, example: 'off' }) @OptionalField() @IsVariantName() defaultVariant?: string;

  @ApiProperty({ required: false, isArray: true, type: String, example: [], maxItems: MOST_LISTED })
  @OptionalField()
  @AreTexts(MOST_LISTED)
  allow?: string[];

  @ApiProperty({ required: false, type: String, nullable: true, example: 'on', description: 'What the allowed get' })
  @NullableField()
  @IsVariantName()
  allowVariant?: string | null;

  @ApiProperty({ required: false, isArray: true, type: String, example: [], maxItems: MOST_LISTED })
  @OptionalField()
  @AreTexts(MOST_LISTED)
  deny?: string[];

  @ApiProperty({ required: false, type: Date, nullable: true, example: null, description: 'Off before' })
  @NullableField()
  @Moment()
  startsAt?: Date | null;

  @ApiProperty({ required: false, type: Date, nullable: true, example: null, description: 'Off from then on' })
  @NullableField()
  @Moment()
  endsAt?: Date | null;

  @ApiProperty({ required: false, type: [FlagPrerequisiteView], example: [], maxItems: 10 })
  @OptionalField()
  @NestedList(() => FlagPrerequisiteView, { max: 10 })
  prerequisites?: FlagPrerequisiteView[];

  @ApiProperty({ required: false, type: [FlagRuleView], maxItems: 50, description: 'The first that applies decides' })
  @OptionalField()
  @NestedList(() => FlagRuleView, { max: 50 })
  rules?: FlagRuleView[];

  @ApiProperty({ required: false, example: '', description: 'Another one draws the lots of all percentages anew' })
  @OptionalField()
  @Text({ min: 0, max: 32, pattern: /^[\w-]*$/, says: 'must be up to 32 letters, digits, hyphens and underscores' })
  salt?: string;
}

/**
 * Stores a flag. One declared in code starts with the code's default, so that storing it changes nothing; the key of an
 * archived flag may be reused.
 * @throws FlagExists, FlagTooLarge, TooManyFlags, ValidationFailed
 */
export class CreateFlag extends FlagSettings {
  @ApiProperty({ example: 'new-checkout', maxLength: 64 }) @IsFlagKey() key: string;
  @ApiProperty({ enum: FLAG_KINDS, example: 'boolean' }) @IsIn(FLAG_KINDS) kind: FlagKind;
}

/**
 * Changes the given fields and keeps the rest.
 * @throws FlagNotFound, FlagChanged, FlagArchived, FlagTooLarge, TooManyFlags, ValidationFailed
 */
export class ChangeFlag extends FlagSettings {
  @IsFlagKey() key: string;
  /** The versions that may be changed; any if absent. */
  @OptionalField() @WholeNumberList({ min: 0, max: Number.MAX_SAFE_INTEGER }, { max: 1_000 }) versions?: number[];
}

/**
 * Permanently takes a flag out of service: the code's default applies again. Its history stays readable.
 * @throws FlagNotFound, FlagChanged, FlagArchived, FlagNeeded
 */
export class ArchiveFlag extends Command<FlagView> {
  @IsFlagKey() key: string;
  /** The versions that may be archived; any if absent. */
  @OptionalField() @WholeNumberList({ min: 0, max: Number.MAX_SAFE_INTEGER }, { max: 1_000 }) versions?: number[];
}

/** All flags by key, including those declared in code but not stored. */
export class ListFlags extends Query<FlagView[]> {
  @ApiProperty({ required: false, default: false, description: 'Whether archived flags are listed too' })
  @OptionalField()
  @Switch()
  archived?: boolean;
}

/** @throws FlagNotFound */
export class GetFlag extends Query<FlagView> {
  @IsFlagKey() key: string;
}

export class FlagEvaluationView extends View {
  @ApiProperty({ example: 'new-checkout' }) key: string;
  @ApiProperty({
    nullable: true,
    oneOf: ['boolean', 'string', 'number', 'object'].map((type) => ({ type })),
    example: true,
    description: 'null where something other than the flag decides',
  })
  value: unknown;
  @ApiProperty({ type: String, nullable: true, example: 'on' }) variant: string | null;
  @ApiProperty({ example: 'SPLIT', description: 'OpenFeature’s reason' }) reason: string;
  @ApiProperty({ enum: [...FLAG_CAUSES, 'not_stored'], example: 'rule', description: 'What of the flag decided' })
  cause: string;
  @ApiProperty({ type: Number, nullable: true, example: 0, description: 'The place of the rule that decided, from 0' })
  rule: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 3 }) version: number | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { targetingKey: '01914b7a-2f60-7000-8000-000000000000', roles: ['user'], scopes: [] },
    description: 'For whom it was asked',
  })
  context: Record<string, unknown>;
}

/** Evaluates a flag for a caller, with the reason. @throws FlagNotFound */
export class EvaluateFlag extends Query<FlagEvaluationView> {
  @IsFlagKey() key: string;

  @ApiProperty({ required: false, example: '01914b7a-2f60-7000-8000-000000000000', description: 'The user’s id' })
  @OptionalField()
  @Text({ max: 128 })
  targetingKey?: string;

  @ApiProperty({
    required: false,
    isArray: true,
    type: String,
    example: ['user'],
    description: 'The user’s own if absent',
  })
  @OptionalField()
  @AreTexts(20)
  roles?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { module: 'wallet' },
    description: 'Whatever else the conditions ask for',
  })
  @OptionalField()
  @AreAttributes()
  attributes?: Record<string, unknown>;
}

export class FlagSnapshotView extends View {
  /** Differs after every flag change. */
  revision: number;
  /** The flags in service; null if the caller's copy is current. */
  flags: Flag[] | null;
}

/** All flags in service, for the copy that each process evaluates. */
export class GetFlagSnapshot extends Query<FlagSnapshotView> {
  /** The caller's revision. */
  @OptionalField() @WholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }) known?: number;
}

/** Notifies every process that its copy of the flags is outdated. */
@Broadcast()
export class FlagsChanged extends Event {}
