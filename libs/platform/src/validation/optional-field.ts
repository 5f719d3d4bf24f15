import { ValidateBy, ValidateIf } from 'class-validator';

/** The field may be absent. `null` is a value like any other, which the field's own rule accepts or rejects. */
export const OptionalField = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** The field may be absent, which keeps the stored value, or null, which removes it. */
export const NullableField = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined && value !== null);

/**
 * The field is required unless another one is given, and excludes it.
 * @param other the alternative field
 */
export function InsteadOf(other: string): PropertyDecorator {
  const isGiven = (owner: object) => (owner as Record<string, unknown>)[other] !== undefined;
  const needed = ValidateIf((owner: object, value) => value !== undefined || !isGiven(owner));
  const alone = ValidateBy({
    // Marks the constraint that explains a missing field best.
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
