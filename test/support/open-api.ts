import { operationsOf, type RouteTemplate, routeTemplate } from '@aitbc/platform';
import type { Api } from './api.js';

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  example?: unknown;
  examples?: unknown[];
  default?: unknown;
  enum?: unknown[];
  format?: string;
}

interface Content {
  content?: Record<string, { schema?: Schema; example?: unknown }>;
}

interface Operation {
  security?: unknown[];
  'x-permission'?: string[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

type Document = Parameters<typeof operationsOf>[0];

/** The OpenAPI document of a running system, route by route. */
export class OpenApi {
  private constructor(private readonly document: Document) {}

  static async of(api: Api): Promise<OpenApi> {
    return new OpenApi((await api.get('/openapi.json')).as<Document>(200));
  }

  get version(): string {
    return this.document.openapi;
  }

  get operations(): Map<RouteTemplate, Operation> {
    return new Map(
      [...operationsOf(this.document)].map(([method, path, operation]) => [
        routeTemplate(method, path),
        operation as unknown as Operation,
      ]),
    );
  }

  /** A body for the operation, made of the examples of its schema; undefined where it takes none. */
  exampleBody({ requestBody }: Operation): unknown {
    const json = requestBody?.content?.['application/json'];
    return json && (json.example ?? this.exampleOf(json.schema ?? {}));
  }

  /** The fields of the operation's body that must be given and have no example, by their paths. */
  fieldsWithoutExample({ requestBody }: Operation): string[] {
    const json = requestBody?.content?.['application/json'];
    return !json || json.example !== undefined ? [] : this.gapsIn(json.schema ?? {}, '');
  }

  /** Whether what the operation answers when it succeeds is shown by at least one example; where it has no content, yes. */
  showsAnswer({ responses }: Operation): boolean {
    const bodies = Object.entries(responses)
      .filter(([status]) => status.startsWith('2'))
      .flatMap(([, { content = {} }]) => Object.values(content));
    return bodies.every(({ schema, example }) => example !== undefined || this.hasExample(schema ?? {}));
  }

  private exampleOf(reference: Schema): unknown {
    const schema = this.resolve(reference);
    const given = ownExample(schema);
    if (given !== undefined) return given;
    if (schema.properties) {
      const fields = Object.entries(schema.properties).map(([name, field]) => [name, this.exampleOf(field)]);
      return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
    }
    return schema.items ? [this.exampleOf(schema.items)].filter((each) => each !== undefined) : undefined;
  }

  private gapsIn(reference: Schema, path: string): string[] {
    const schema = this.resolve(reference);
    if (ownExample(schema) !== undefined) return [];
    if (schema.items) return this.gapsIn(schema.items, `${path}[]`);
    if (!schema.properties) return [path];
    const required = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name));
    return required.flatMap(([name, field]) => this.gapsIn(field, path ? `${path}.${name}` : name));
  }

  private hasExample(reference: Schema, seen = new Set<string>()): boolean {
    if (reference.$ref) {
      if (seen.has(reference.$ref)) return false;
      seen.add(reference.$ref);
    }
    const schema = this.resolve(reference);
    if (ownExample(schema) !== undefined) return true;
    const inner = [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : [])];
    return inner.some((each) => this.hasExample(each, seen));
  }

  private resolve(schema: Schema): Schema {
    const { allOf, $ref, ...rest } = schema;
    if ($ref) {
      const name = $ref.split('/').at(-1)!;
      return this.resolve({ ...((this.document.components?.schemas?.[name] ?? {}) as Schema), ...rest });
    }
    return allOf ? Object.assign({}, ...allOf.map((each) => this.resolve(each)), rest) : schema;
  }
}

function ownExample({ example, examples, default: fallback, enum: choices }: Schema): unknown {
  return example ?? examples?.[0] ?? fallback ?? choices?.[0];
}
