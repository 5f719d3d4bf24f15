import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { formatIds } from './openapi-ids.js';
import { type HandlerOf, type Operation, operationsOf } from './openapi-operations.js';
import { Problem, PROBLEM_MEDIA_TYPE } from './problem.js';

export interface OpenApiOptions {
  readonly title: string;
  readonly description: string;
  readonly version: string;
  /** The public base URL of the API, without a trailing slash. */
  readonly url?: string;
  /** An SPDX identifier. */
  readonly license?: string;
  /** In display order. */
  readonly tags?: readonly { readonly name: string; readonly description: string }[];
  /** Completes the document, for instance with authorisation rules. */
  readonly describe?: (document: OpenAPIObject, handlerOf: HandlerOf) => void;
}

/** Serves OpenAPI 3.1 at /openapi.json and Swagger UI at /docs; the document is built on first request. */
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
  const { title, description, version, url, license, tags = [] } = options;
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(title)
    .setDescription(description)
    .setVersion(version)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token, or the token of an agent' })
    .build();
  if (url) {
    config.info.contact = { name: title, url };
    config.servers = [{ url }];
  }
  if (license) config.info.license = { name: license, identifier: license } as { name: string };
  config.tags = tags.map((tag) => ({ ...tag }));
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) => `${controller}.${method}`,
  });
  const handlers = new Map<Operation, string>();
  for (const [, , operation] of operationsOf(document)) {
    handlers.set(operation, operation.operationId!);
    // Operation ids equal the controller's method names: names like `list` would clash in one document, `listOffers`
    // does not.
    operation.operationId = operation.operationId!.split('.')[1]!;
    operation.responses['default'] ??= {
      description: 'What went wrong, by a stable code',
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  const handlerOf: HandlerOf = (operation) => handlers.get(operation) ?? '';
  formatIds(document, controllersOf(app), handlerOf);
  options.describe?.(document, handlerOf);
  return document;
}

function controllersOf(app: NestFastifyApplication): Map<string, object> {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()]);
  return new Map(controllers.flatMap(({ metatype }) => (metatype ? [[metatype.name, metatype]] : [])));
}
