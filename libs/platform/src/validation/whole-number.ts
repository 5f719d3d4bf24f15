import { Field, type FieldKind, listOf, type ListOptions } from './field.js';

export interface WholeNumberOptions {
  readonly min: number;
  readonly max: number;
  /** For a query or a path, where numbers arrive as text. */
  readonly fromText?: boolean;
}

/** The largest number of an `integer` column. */
export const MAX_INTEGER = 2 ** 31 - 1;

/** A whole number between two bounds, of which the upper one fits into its column. */
export const WholeNumber = (options: WholeNumberOptions): PropertyDecorator => Field(wholeNumberKind(options));

export const WholeNumberList = (options: WholeNumberOptions, list: ListOptions): PropertyDecorator =>
  Field(listOf(wholeNumberKind(options), list));

const wholeNumberKind = ({ min, max, fromText = false }: WholeNumberOptions): FieldKind => ({
  name: 'wholeNumber',
  read: (value) => (fromText && typeof value === 'string' ? wholeNumberIn(value) : value),
  accepts: (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
  says: () => `must be a whole number from ${min} to ${max}`,
});

/** `true` or `false`; as text in a query. */
export const Switch = (): PropertyDecorator =>
  Field({
    name: 'switch',
    read: (value) => (value === 'true' ? true : value === 'false' ? false : value),
    accepts: (value) => typeof value === 'boolean',
    says: () => 'must be true or false',
  });

/** The number that a text of decimal digits represents; otherwise the text itself. */
export function wholeNumberIn(text: string): number | string {
  return /^-?(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : text;
}
