import { ValidateBy } from 'class-validator';

/** The amount may be `most` base units at most. */
export function AmountUpTo(most: bigint, written: string): PropertyDecorator {
  return ValidateBy({
    name: 'amountUpTo',
    validator: {
      // What is no amount at all is refused by its own rule.
      validate: (value) => typeof value !== 'bigint' || value <= most,
      defaultMessage: (args) => `${args?.property} must be ${written} AIT at most`,
    },
  });
}
