import { ValidateNested } from 'class-validator';
import { Field, type FieldClass, type FieldKind } from './field.js';

/** The field holds an object of the given class; rejects lists, texts and null. */
export function Nested(type: () => FieldClass): PropertyDecorator {
  return nested({
    name: 'nested',
    nested: { type },
    accepts: (value) => isInstance(value, type()),
    says: () => 'must be an object',
  });
}

/** The field holds a list of objects of one class. */
export function NestedList(type: () => FieldClass, { max }: { readonly max: number }): PropertyDecorator {
  return nested({
    name: 'nestedList',
    nested: { type, most: max },
    accepts: (value) => Array.isArray(value) && value.length <= max && value.every((item) => isInstance(item, type())),
    says: () => `must be a list of at most ${max} objects`,
  });
}

function nested(kind: FieldKind): PropertyDecorator {
  return (target, property) => {
    ValidateNested({
      each: kind.nested!.most !== undefined,
      message: ({ property: field, value, object }) => `${field} ${kind.says(value, object)}`,
    })(target, property);
    Field(kind)(target, property);
  };
}

function isInstance(value: unknown, type: FieldClass): boolean {
  return value instanceof type;
}
