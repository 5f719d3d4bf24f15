import { type Class, compileValidator, type FieldProblem, MOST_FIELD_PROBLEMS, type Validator } from '@aitbc/modulith';
import { declaredKinds, type FieldClass, type FieldKind, type Nesting } from './field.js';

type Plain = Record<string, unknown>;

/**
 * Creates an instance of a class from a client's input, and reports the problems. It reads only the fields that the
 * class declares: the cost depends on the class, not on the size of the input.
 */
export function readObject<T extends object>(
  type: FieldClass<T>,
  sent: Plain,
): { readonly object: T; readonly problems: readonly FieldProblem[] } {
  const unknown: FieldProblem[] = [];
  const object = readerOf(type).read(sent, '', unknown) as T;
  const wrong = readerOf(type).validate(object) ?? [];
  return { object, problems: [...wrong, ...unknown].slice(0, MOST_FIELD_PROBLEMS) };
}

export function isPlainObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Reader {
  read(sent: Plain, path: string, unknown: FieldProblem[]): object;
  readonly validate: Validator;
}

const readers = new WeakMap<FieldClass, Reader>();

function readerOf(type: FieldClass): Reader {
  let reader = readers.get(type);
  if (!reader) readers.set(type, (reader = compileReader(type)));
  return reader;
}

function compileReader(type: FieldClass): Reader {
  const create = () => new (type as unknown as new () => Plain)();
  const kinds = declaredKinds(type);
  const known = new Set([...kinds.keys(), ...Object.keys(create())]);
  return {
    validate: compileValidator(type as Class),
    read: (sent, path, unknown) => {
      const object = create();
      for (const field of Object.keys(sent)) {
        if (known.has(field)) object[field] = readField(kinds.get(field) ?? [], sent[field], path + field, unknown);
        else if (unknown.length < MOST_FIELD_PROBLEMS) unknown.push(unknownField(path, field));
      }
      return object;
    },
  };
}

function readField(kinds: readonly FieldKind[], sent: unknown, path: string, unknown: FieldProblem[]): unknown {
  let value = sent;
  for (const kind of kinds) {
    if (kind.nested) value = readNested(kind.nested, value, path, unknown);
    else if (kind.read) value = kind.read(value);
  }
  return value;
}

function readNested({ type, most }: Nesting, sent: unknown, path: string, unknown: FieldProblem[]): unknown {
  if (most === undefined) return isPlainObject(sent) ? readerOf(type()).read(sent, `${path}.`, unknown) : sent;
  if (!Array.isArray(sent) || sent.length > most) return sent;
  return sent.map((item: unknown, at) =>
    isPlainObject(item) ? readerOf(type()).read(item, `${path}.${at}.`, unknown) : item,
  );
}

/** Quotes only plausible field names; any other text may be part of a malformed body. */
function unknownField(path: string, name: string): FieldProblem {
  if (/^[A-Za-z_][\w-]{0,63}$/.test(name)) return { field: path + name, message: `${name} is not a known field` };
  return { field: path.slice(0, -1) || 'body', message: 'a field has a name that is not known here' };
}
