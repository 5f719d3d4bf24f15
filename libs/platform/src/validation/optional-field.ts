import { ValidateBy, ValidateIf } from 'class-validator';

/** The field may be absent. `null` is a value like others, which the field's own rule takes or refuses. */
export const OptionalField = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** The field may be absent, which leaves what is stored, or null, which removes it. */
export const NullableField = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

/**
 * The field may be absent where another one is given, and not beside it.
 * @param other the field that stands for it
 */
export function InsteadOf(other: string): PropertyDecorator {
  const isGiven = (owner: object) => (owner as Record<string, unknown>)[other] !== undefined;
  const needed = ValidateIf((owner: object, value) => value !== undefined || !isGiven(owner));
  const alone = ValidateBy({
    // The name by which a missing field says more than that it is missing.
    name: 'requiredUnless',
    validator: {
      validate: (value, args) => (value === undefined) === isGiven(args!.object),
      defaultMessage: (args) =>
        args!.value === undefined
          ? `${args!.property} is required, unless ${other} is given`
          : `${args!.property} and ${other} cannot be given together`,
    },
  });
  return (target, property) => {
    alone(target, property);
    needed(target, property);
  };
}
