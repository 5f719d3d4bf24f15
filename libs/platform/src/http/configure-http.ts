import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { RequestValidation } from '../validation/request-validation.js';
import { allowOrigins, type Origins } from './cors.js';
import { writeEdgeJson } from './edge-json.js';
import { type BodyLimits, takeJsonOnly } from './json-body.js';
import { type OpenApiOptions, serveOpenApi } from './openapi.js';
import { ProblemFilter } from './problem-filter.js';
import { recordRoutes } from './routes.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { closeUnusedConnections } from './unused-connections.js';
import { refuseWrongMethods } from './wrong-method.js';

export interface HttpOptions {
  /** Origins whose pages may call the API; none by default. */
  readonly corsOrigins?: Origins;
  /** Overrides the allowed origins by path: `'/rpc': ['*']`. */
  readonly corsOriginsByPath?: Readonly<Record<string, Origins>>;
  /** Overrides the body limits by route: `'POST /v1/jobs': { bytes: 2 * MEBIBYTE }`. */
  readonly bodyLimits?: Readonly<Record<string, BodyLimits>>;
  /** Absent if the process serves no public API. */
  readonly openApi?: OpenApiOptions;
}

/**
 * Configures an application's HTTP behaviour. Call it after creating the application with `createHttpAdapter()` and
 * before `init()` or `listen()`.
 */
export function configureHttp(app: NestFastifyApplication, options: HttpOptions = {}): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  recordRoutes(server);
  closeUnusedConnections(server);
  takeJsonOnly(server, options.bodyLimits ?? {});
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    done();
  });
  refuseWrongMethods(server);
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new RequestValidation());
  server.setReplySerializer(writeEdgeJson);
  allowOrigins(app, { origins: options.corsOrigins ?? [], byPath: options.corsOriginsByPath ?? {} });
  if (options.openApi) serveOpenApi(app, options.openApi);
}
