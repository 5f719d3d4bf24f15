import { ValidateBy } from 'class-validator';

/** The field may be given only when `other` is not. */
export function NotTogetherWith(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'notTogetherWith',
    constraints: [other],
    validator: {
      validate: (value, args) => value === undefined || (args!.object as Record<string, unknown>)[other] === undefined,
      defaultMessage: (args) => `${args?.property} and ${other} cannot be given together`,
    },
  });
}

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
