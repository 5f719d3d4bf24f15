import { View } from '@aitbc/modulith';
import {
  FLAG_OPERATORS,
  type FlagOperator,
  isStorable,
  NestedList,
  OptionalField,
  type Scalar,
  Text,
  TextList,
} from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  buildMessage,
  IsArray,
  IsIn,
  IsNumber,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/i;
const SCALARS = ['string', 'number', 'boolean'];
const MOST_VARIANTS = 20;
const DEEPEST = 10;

export const IsFlagKey = (): PropertyDecorator =>
  Text({
    max: 64,
    pattern: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    says: 'must be 1 to 64 lower-case letters, digits and hyphens',
  });

export const IsVariantName = (): PropertyDecorator =>
  Text({ max: 64, pattern: NAME, says: 'must be 1 to 64 letters, digits, hyphens and underscores' });

/** A list of distinct non-empty texts. */
export const AreTexts = (most: number): PropertyDecorator => TextList({ max: 128 }, { max: most, unique: true });

export const AreVariants = (): PropertyDecorator =>
  ValidateBy({
    name: 'areVariants',
    validator: {
      validate: areVariants,
      defaultMessage: buildMessage(
        (prefix) =>
          `${prefix}$property must be an object of 1 to ${MOST_VARIANTS} values, each under a name of letters, digits, hyphens and underscores`,
      ),
    },
  });

function areVariants(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > MOST_VARIANTS) return false;
  return entries.every(([name, each]) => NAME.test(name) && isJson(each, 0));
}

function isJson(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return (
    typeof value === 'object' &&
    depth < DEEPEST &&
    Object.entries(value).every(([name, each]) => isStorable(name) && isJson(each, depth + 1))
  );
}

/** A caller's attributes: scalars and lists of scalars, by attribute name. */
export const AreAttributes = (): PropertyDecorator =>
  ValidateBy({
    name: 'areAttributes',
    validator: {
      validate: areAttributes,
      defaultMessage: buildMessage(
        (prefix) => `${prefix}$property must be an object of up to 50 strings, numbers, booleans and lists of them`,
      ),
    },
  });

function areAttributes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= 50 && entries.every(([, each]) => [each].flat().every((item) => SCALARS.includes(typeof item)))
  );
}

const AreScalars = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'areScalars',
      validator: {
        validate: (value) => SCALARS.includes(typeof value) && String(value).length <= 256 && isStorable(String(value)),
        defaultMessage: buildMessage((each) => `${each}$property must be a string, a number or a boolean`, {
          each: true,
        }),
      },
    },
    { each: true },
  );

export class FlagConditionView extends View {
  @ApiProperty({
    example: 'roles',
    description: '`targetingKey`, `roles`, `scopes`, `module` or what the caller tells',
  })
  @Text({ max: 64, pattern: /^[a-z][\w.-]*$/i, says: 'must be the name of an attribute' })
  attribute: string;

  @ApiProperty({ enum: FLAG_OPERATORS, example: 'in' })
  @IsIn(FLAG_OPERATORS)
  operator: FlagOperator;

  @ApiProperty({
    isArray: true,
    items: { oneOf: SCALARS.map((type) => ({ type })) },
    example: ['operator', 'admin'],
    description: 'One for `equals` and comparisons; any one of them for the others',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @AreScalars()
  values: Scalar[];
}

export class FlagRuleView extends View {
  @ApiProperty({ required: false, example: 'operators first', maxLength: 100 })
  @OptionalField()
  @Text({ max: 100 })
  name?: string;

  @ApiProperty({ type: [FlagConditionView], description: 'All must hold; none: everybody' })
  @NestedList(() => FlagConditionView, { max: 20 })
  conditions: FlagConditionView[];

  @ApiProperty({ example: 'on' })
  @IsVariantName()
  variant: string;

  @ApiProperty({
    required: false,
    example: 12.5,
    minimum: 0,
    maximum: 100,
    description: 'The share of the targeting keys that get it, the rest go on to the next rule; all when absent',
  })
  @OptionalField()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(100)
  percentage?: number;
}

export class FlagPrerequisiteView extends View {
  @ApiProperty({ example: 'new-wallets' }) @IsFlagKey() flag: string;
  @ApiProperty({ example: 'on' }) @IsVariantName() variant: string;
}
