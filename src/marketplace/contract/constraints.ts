import { ValidateBy } from 'class-validator';

/** Limits an amount to `most` base units. */
export function AmountUpTo(most: bigint, written: string): PropertyDecorator {
  return ValidateBy({
    name: 'amountUpTo',
    validator: {
      // A value that is not an amount is rejected by its own rule.
      validate: (value) => typeof value !== 'bigint' || value <= most,
      defaultMessage: (args) => `${args?.property} must be ${written} AIT at most`,
    },
  });
}
