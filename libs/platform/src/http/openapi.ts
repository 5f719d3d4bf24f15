import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Problem, PROBLEM_MEDIA_TYPE } from './problem.js';

export interface OpenApiOptions {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** Completes the document, for instance with who may call what. */
  readonly describe?: (document: OpenAPIObject) => void;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Serves OpenAPI 3.1 at /openapi.json and Swagger UI at /docs; the document is built when somebody first asks. */
export function serveOpenApi(app: NestFastifyApplication, options: OpenApiOptions): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup('docs', app, () => (document ??= buildOpenApi(app, options)), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: options.title,
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}

export function buildOpenApi(app: NestFastifyApplication, options: OpenApiOptions): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(options.title)
    .setDescription(options.description)
    .setVersion(options.version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token, or the token of an agent' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [Problem] });
  for (const [, , operation] of operationsOf(document)) {
    operation.responses['default'] ??= {
      description: 'What went wrong, by a stable code',
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  options.describe?.(document);
  return document;
}

/** Every operation of a document with its method (upper case) and its path as the server writes it: `/v1/offers/:id`. */
export function* operationsOf(
  document: OpenAPIObject,
): Generator<[method: string, path: string, operation: Operation]> {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) yield [method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'), operation];
    }
  }
}
