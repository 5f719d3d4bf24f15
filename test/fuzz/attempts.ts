import type { OpenApi } from '../support/open-api.js';
import { BODIES, boundaryValues, CURSORS, HEADERS, IN_URLS, type JsonText } from './boundary-values.js';
import { rpcAttempts } from './rpc-attempts.js';

export interface Attempt {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The text of the body. */
  readonly raw?: string;
}

interface Schema {
  $ref?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  enum?: unknown[];
}

export interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

export interface Document {
  components?: { schemas?: Record<string, Schema> };
}

/** What makes a request one about things that are there. */
export interface Subjects {
  /** The path of a route with real ids. */
  pathOf(template: string): string;
  /** An example body about real things. */
  about(example: unknown): unknown;
}

const HOLE = '"\u2620"';

/** All that is tried on one operation: a sound request, and that request with one thing wrong. */
export function attemptsOn(
  route: string,
  operation: Operation,
  openApi: OpenApi,
  document: Document,
  subjects: Subjects,
): Attempt[] {
  const [method, template] = route.split(' ') as [string, string];
  const path = subjects.pathOf(template);
  const example = subjects.about(openApi.exampleBody(operation as never));
  const sound: Attempt = { route, method, path, raw: example === undefined ? undefined : JSON.stringify(example) };
  const parameters = operation.parameters ?? [];
  return [
    sound,
    { ...sound, path: `${path}/` },
    ...HEADERS.map((headers) => ({ ...sound, headers })),
    ...wrongPaths(template, subjects).map((each) => ({ ...sound, path: each })),
    ...parameters
      .filter((each) => each.in === 'query')
      .flatMap((each) => wrongQueries(each.name, each.schema ?? {}))
      .map((query) => ({ ...sound, path: `${path}?${query}` })),
    { ...sound, path: `${path}?constructor=1&toString=2&__proto__=3` },
    ...(method === 'GET' ? [] : wrongBodies(operation, document, example).map((raw) => ({ ...sound, raw }))),
    ...(template === '/rpc' ? rpcAttempts().map((raw) => ({ ...sound, raw })) : []),
  ];
}

function wrongPaths(template: string, subjects: Subjects): string[] {
  const names = [...template.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  return names.flatMap((name) => {
    const [before, after] = template.split(`:${name}`) as [string, string];
    // What is before and behind stays sound.
    return IN_URLS.filter((value) => value !== '').map((value) =>
      subjects.pathOf(before + '\u2620' + after).replace('\u2620', value),
    );
  });
}

function wrongQueries(name: string, schema: Schema): string[] {
  const values = name === 'cursor' ? [...CURSORS, ...IN_URLS] : [...IN_URLS, ...choicesOf(schema)];
  return [...values.map((value) => `${name}=${value}`), `${name}=a&${name}=b`, `${name}[a]=b`, name];
}

const choicesOf = ({ enum: choices = [], minimum, maximum }: Schema) =>
  [...choices, minimum, maximum, minimum && minimum - 1, maximum && maximum + 1]
    .filter((each) => each !== undefined)
    .map(String);

function wrongBodies(operation: Operation, document: Document, example: unknown): string[] {
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  if (!schema) return [...BODIES];
  const fields = fieldsOf(schema, document).flatMap(({ path, schema: field }) => [
    without(example, path),
    ...boundaryValues(field).map((value) => withValue(example, path, value)),
  ]);
  return [...BODIES, ...fields, withValue(example, ['constructor'], '1'), withValue(example, ['toString'], '{}')];
}

type Path = readonly (string | number)[];

/** The fields of a body and of what is in it, by the way to each. */
function fieldsOf(reference: Schema, document: Document, path: Path = []): { path: Path; schema: Schema }[] {
  if (path.length > 5) return [];
  const schema = resolve(reference, document);
  const own = path.length > 0 ? [{ path, schema }] : [];
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    fieldsOf(field, document, [...path, name]),
  );
  return [...own, ...members, ...(schema.items ? fieldsOf(schema.items, document, [...path, 0]) : [])];
}

function resolve(schema: Schema, document: Document): Schema {
  const { $ref, allOf, ...rest } = schema;
  if ($ref) return resolve({ ...document.components?.schemas?.[$ref.split('/').at(-1)!], ...rest }, document);
  return allOf ? Object.assign({}, ...allOf.map((each) => resolve(each, document)), rest) : schema;
}

function withValue(example: unknown, path: Path, value: JsonText): string {
  return JSON.stringify(put(example, path, JSON.parse(HOLE))).replace(HOLE, () => value);
}

function without(example: unknown, path: Path): string {
  return JSON.stringify(put(example, path, undefined)) ?? '';
}

function put(target: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  if (typeof step === 'number') return [put(Array.isArray(target) ? target[0] : undefined, rest, value)];
  const members = typeof target === 'object' && target !== null ? target : {};
  return { ...members, [step]: put((members as Record<string, unknown>)[step], rest, value) };
}
