import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Field } from '../validation/field.js';
import { OptionalField } from '../validation/optional-field.js';

/** The coin has 18 decimals: one AIT is 10^18 base units. */
export const AIT = 10n ** 18n;
const DECIMALS = 18;
const MAX_AMOUNT = 2n ** 256n - 1n;

/**
 * Parses a decimal string of AIT as base units.
 * @returns undefined unless it is a non-negative decimal with at most 18 places that fits into 256 bits.
 */
export function parseAmount(text: string): bigint | undefined {
  const match = /^(0|[1-9]\d{0,59})(?:\.(\d{1,18}))?$/.exec(text);
  if (!match) return undefined;
  const amount = BigInt(match[1]!) * AIT + BigInt((match[2] ?? '').padEnd(DECIMALS, '0'));
  return amount <= MAX_AMOUNT ? amount : undefined;
}

/** Formats base units as a decimal string of AIT without trailing zeros. */
export function formatAmount(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(DECIMALS + 1, '0');
  const whole = digits.slice(0, -DECIMALS);
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

export interface AmountOptions {
  /** For input: the field is optional. */
  readonly optional?: boolean;
  /** For views: the field may be null. */
  readonly nullable?: boolean;
  readonly positive?: boolean;
  /** Allows negative amounts, for views such as ledger entries; never for input. */
  readonly signed?: boolean;
  readonly description?: string;
  readonly example?: string;
}

/** An amount of AIT: `bigint` base units in code, a decimal string at the HTTP edge. */
export function Amount(options: AmountOptions = {}): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: String,
      example: options.example ?? '12.5',
      description: options.description ?? 'Amount of AIT as a decimal string',
      required: !options.optional,
      nullable: options.nullable,
    }),
    ...(options.optional ? [OptionalField()] : []),
    Field({
      name: 'amount',
      read: (value) => (typeof value === 'string' ? (parseAmount(value) ?? value) : value),
      accepts: (value) => isAmount(value, options),
      says: () =>
        `must be a decimal string of AIT${options.positive ? ' above zero' : ''} with at most 18 places, such as "12.5"`,
    }),
  );
}

function isAmount(value: unknown, { signed = false, positive = false }: AmountOptions): boolean {
  return typeof value === 'bigint' && (signed || value >= 0n) && (!positive || value > 0n) && value <= MAX_AMOUNT;
}
