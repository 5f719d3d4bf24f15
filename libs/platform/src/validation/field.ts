import type { ValidationArguments } from 'class-validator';
import { getMetadataStorage, ValidateBy } from 'class-validator';

export type FieldClass<T = object> = abstract new (...args: never[]) => T;

/** What one kind of field is: how a client writes it, and which values it takes. */
export interface FieldKind {
  readonly name: string;
  /** Turns what a client sent into what the code holds. A value that it cannot read stays as it is, to be refused. */
  read?(value: unknown): unknown;
  accepts(value: unknown, owner: object): boolean;
  /** Completes a sentence that begins with the field: `must be a UUID`. */
  says(value: unknown, owner: object): string;
  /** The field holds an object of this class, or a list of them. */
  readonly nested?: Nesting;
}

export interface Nesting {
  readonly type: () => FieldClass;
  /** For a list: how many at most. */
  readonly most?: number;
}

/**
 * Declares a field of one kind. The kind travels with class-validator's metadata, so that a type derived with `OmitType`
 * or `PickType` reads its fields as the original does.
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

/** Several of one kind, without a second look at what each of them is. */
export interface ListOptions {
  readonly min?: number;
  readonly max: number;
  /** Refuses a list that names something twice. */
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

/** The kinds of a class's fields, those of its parents and of what it was derived from included. */
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
