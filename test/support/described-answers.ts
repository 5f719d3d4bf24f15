import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What a system answered. */
export interface Answered {
  readonly method: string;
  /** With or without a query. */
  readonly path: string;
  readonly status: number;
  /** The header `Content-Type`. */
  readonly contentType: string;
  readonly text: string;
}

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object; readonly examples?: object }>>;
}

interface Operation {
  readonly responses: Readonly<Record<string, Response>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly responses?: Readonly<Record<string, Response>>; readonly schemas?: object };
}

interface Template {
  readonly path: string;
  readonly pattern: RegExp;
}

/** Served for operators and for readers of the API: no operations of it. */
const OUTSIDE = /^\/(?:$|health\/|metrics$|openapi\.json$|docs(?:\/|$))/;
const DOCUMENT = 'openapi';

/** An answer that docs/openapi.json does not describe: a client that was generated from it would stumble. */
export class NotAsDescribed extends Error {}

/** Compares answers with an OpenAPI document: status, media type and every field of a JSON body. */
export class DescribedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  private readonly templates: readonly Template[];
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly document: Document) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(closed(document) as object, DOCUMENT);
    this.templates = Object.keys(document.paths)
      .map((path) => ({ path, pattern: patternOf(path) }))
      // `/v1/agents/me` before `/v1/agents/{id}`.
      .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  }

  /** @throws NotAsDescribed with the route, the status and the fields that the document describes otherwise */
  mustDescribe(answered: Answered): void {
    const problems = this.problemsOf(answered);
    if (problems.length === 0) return;
    const { method, path, status, text } = answered;
    const route = this.templates.find(({ pattern }) => pattern.test(withoutQuery(path)))?.path ?? path;
    throw new NotAsDescribed(
      [
        `${method} ${route} answered ${status}, and not as docs/openapi.json says:`,
        ...problems.map((each) => `  ${each}`),
        `  The answer: ${text.slice(0, 1000)}`,
        '  Mend the answer, or describe it where its view or controller is and run `npm run docs:openapi`.',
      ].join('\n'),
    );
  }

  private problemsOf({ method, path, status, contentType, text }: Answered): string[] {
    if (method === 'OPTIONS') return [];
    const plain = withoutQuery(path);
    const template = this.templates.find(({ pattern }) => pattern.test(plain));
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = template && this.document.paths[template.path]![verb];
    if (!operation) return OUTSIDE.test(plain) || status >= 400 ? [] : ['There is no such operation in it.'];
    const key = String(status) in operation.responses ? String(status) : 'default';
    const shared = operation.responses[key]?.$ref?.split('/').at(-1);
    const response = shared ? this.document.components?.responses?.[shared] : operation.responses[key];
    if (!response || (key === 'default' && status < 400)) {
      return [`The status is none of ${Object.keys(operation.responses).join(', ')}.`];
    }
    if (method === 'HEAD') return [];
    const media = contentType.split(';')[0]!.trim();
    const described = Object.keys(response.content ?? {});
    if (described.length === 0) return text === '' ? [] : ['The answer has a body.'];
    if (!described.includes(media)) return [`The media type is ${media || 'absent'}, not ${described.join(' or ')}.`];
    if (!/[/+]json$/.test(media)) return [];
    if (text === '') return ['The answer has no body.'];
    const body: unknown = JSON.parse(text);
    const at = shared ? ['components', 'responses', shared] : ['paths', template.path, verb, 'responses', key];
    return [
      ...this.fieldsOtherwise([...at, 'content', media, 'schema'], body),
      ...codeOtherwise(response.content![media]!.examples, body),
    ];
  }

  private fieldsOtherwise(at: readonly string[], body: unknown): string[] {
    const pointer = at.map((each) => encodeURIComponent(each.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    let validate = this.validators.get(pointer);
    if (!validate) {
      validate = this.ajv.compile({ $ref: `${DOCUMENT}#/${pointer}` });
      this.validators.set(pointer, validate);
    }
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const extra = 'additionalProperty' in params ? ` (${params['additionalProperty']})` : '';
      const choices = 'allowedValues' in params ? ` (${(params['allowedValues'] as unknown[]).join(', ')})` : '';
      return `${instancePath || 'the body'} ${message}${extra}${choices}: ${JSON.stringify(valueAt(body, instancePath))?.slice(0, 200)}`;
    });
  }
}

/** A problem's code must be among those that are shown for its status. */
function codeOtherwise(examples: object | undefined, body: unknown): string[] {
  const { code } = (body ?? {}) as { code?: unknown };
  if (!examples || typeof code !== 'string' || code in examples) return [];
  return [
    `The code ${code} is none of ${Object.keys(examples).join(', ')}: run \`npm run docs:openapi\`, which follows the code ` +
      'to every error; what a hook or the server itself refuses stands in src/gateway/http/describe-problems.ts.',
  ];
}

/** docs/openapi.json, as it lies in the repository. */
export const describedAnswers = new DescribedAnswers(
  JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as Document,
);

const withoutQuery = (path: string) => path.split(/[?#]/)[0]!;

function patternOf(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((each) => each.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^/]+')}/?$`);
}

/** A field that is not described is one that no generated client has: objects are taken as complete. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  const describesObject = copy['type'] === 'object' && typeof copy['properties'] === 'object';
  return describesObject ? { additionalProperties: false, ...copy } : copy;
}

function valueAt(body: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);
}
