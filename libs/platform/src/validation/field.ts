import type { ValidationArguments } from 'class-validator';
import { getMetadataStorage, ValidateBy } from 'class-validator';

export type FieldClass<T = object> = abstract new (...args: never[]) => T;

/** A kind of field: its external format, and the values that it accepts. */
export interface FieldKind {
  readonly name: string;
  /**
   * Converts a client's value to the internal one. A value that it cannot convert is returned unchanged, to be
   * rejected.
   */
  read?(value: unknown): unknown;
  accepts(value: unknown, owner: object): boolean;
  /** Completes a sentence that begins with the field: `must be a UUID`. */
  says(value: unknown, owner: object): string;
  /** The field holds an object of this class, or a list of them. */
  readonly nested?: Nesting;
}

export interface Nesting {
  readonly type: () => FieldClass;
  /** For a list: the maximum number of items. */
  readonly most?: number;
}

/**
 * Declares a field of a kind. The kind is stored in class-validator's metadata, so that types derived with `OmitType`
 * or `PickType` parse their fields like the original.
 */
export function Field(kind: FieldKind): PropertyDecorator {
  return ValidateBy({
    name: kind.name,
    constraints: [new Declared(kind)],
    validator: {
      validate: (value, args) => kind.accepts(value, args!.object),
      defaultMessage: (args?: ValidationArguments) => `${args!.property} ${kind.says(args!.value, args!.object)}`,
    },
  });
}

/** Constraints on a list, besides those on its items. */
export interface ListOptions {
  readonly min?: number;
  readonly max: number;
  /** Rejects duplicate items. */
  readonly unique?: boolean;
}

/** A list whose items are all of one kind. */
export function listOf(kind: FieldKind, { min = 0, max, unique = false }: ListOptions): FieldKind {
  const fits = (value: unknown): value is unknown[] =>
    Array.isArray(value) && value.length >= min && value.length <= max;
  const bound = min > 0 ? `${min} to ${max}` : `at most ${max}`;
  return {
    name: `${kind.name}List`,
    read: (value) => (fits(value) && kind.read ? value.map((item) => kind.read!(item)) : value),
    accepts: (value, owner) =>
      fits(value) &&
      value.every((item) => kind.accepts(item, owner)) &&
      (!unique || new Set(value).size === value.length),
    says: (value, owner) => {
      if (!fits(value)) return `must be a list of ${bound} items`;
      const wrong = value.findIndex((item) => !kind.accepts(item, owner));
      return wrong < 0 ? 'must not name anything twice' : `item ${wrong} ${kind.says(value[wrong], owner)}`;
    },
  };
}

class Declared {
  constructor(readonly kind: FieldKind) {}
}

/** The kinds of a class's fields, including inherited ones and those of the types it was derived from. */
export function declaredKinds(type: FieldClass): ReadonlyMap<string, readonly FieldKind[]> {
  const kinds = new Map<string, FieldKind[]>();
  for (const { propertyName, constraints } of getMetadataStorage().getTargetValidationMetadatas(
    type,
    '',
    false,
    false,
  )) {
    const known = kinds.get(propertyName) ?? [];
    kinds.set(propertyName, known);
    const [declared] = (constraints as unknown[] | undefined) ?? [];
    if (declared instanceof Declared) known.push(declared.kind);
  }
  return kinds;
}
