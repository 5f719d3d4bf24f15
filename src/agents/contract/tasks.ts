import { View } from '@aitbc/modulith';
import { isStorable, OptionalField, Text, TextList } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateBy } from 'class-validator';

export const JOB_KINDS = ['wasm'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Characters of base64; the module itself may have 1 MiB. */
const MODULE_CHARACTERS = 2_000_000;
const TEXT_CHARACTERS = 262_144;
const SHORT_TEXT = 32_768;
/** Passed to the program unchanged. */
const PROGRAM_TEXT = { min: 0, controls: 'all' } as const;

/** The work to execute. */
export class WasmTask extends View {
  @ApiProperty({ enum: JOB_KINDS, example: 'wasm' }) @IsIn(JOB_KINDS) kind: JobKind;

  @ApiProperty({
    description: 'WebAssembly module, base64, at most 1 MiB: exports _start, imports WASI preview 1 only',
    example: 'AGFzbQEAAAABBAFgAAADAgEABwoBBl9zdGFydAAACgQBAgAL',
  })
  @Text({ max: MODULE_CHARACTERS, controls: 'all' })
  @IsBase64Text()
  module: string;

  @ApiPropertyOptional({ type: [String], example: ['--fast'], description: 'Arguments after the name of the program' })
  @OptionalField()
  @TextList(
    { ...PROGRAM_TEXT, max: SHORT_TEXT, pattern: /^[^\0]*$/, says: 'must not hold a zero character' },
    { max: 256 },
  )
  args?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { MODEL: 'tiny' },
    description: 'Environment variables',
  })
  @OptionalField()
  @IsEnvironment()
  env?: Record<string, string>;

  @ApiPropertyOptional({ example: 'hello', maxLength: TEXT_CHARACTERS })
  @OptionalField()
  @Text({ ...PROGRAM_TEXT, max: TEXT_CHARACTERS })
  stdin?: string;
}

/** Checks character by character: the usual regular expression for base64 backtracks over a megabyte. */
function IsBase64Text(): PropertyDecorator {
  return ValidateBy({
    name: 'isBase64Text',
    validator: {
      validate: (value) => typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value),
      defaultMessage: (args) => `${args?.property} must be base64`,
    },
  });
}

function IsEnvironment(): PropertyDecorator {
  return ValidateBy({
    name: 'isEnvironment',
    validator: {
      validate: isEnvironment,
      defaultMessage: (args) =>
        `${args?.property} must hold at most 256 variables: names of letters, digits and _, values without zero characters`,
    },
  });
}

function isEnvironment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const variables = Object.entries(value);
  return (
    variables.length <= 256 &&
    variables.every(
      ([name, text]) =>
        /^[A-Za-z_]\w{0,255}$/.test(name) &&
        name !== '__proto__' &&
        typeof text === 'string' &&
        text.length <= SHORT_TEXT &&
        isStorable(text),
    )
  );
}
