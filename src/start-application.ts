import { Distribution, Runtime } from '@aitbc/modulith';
import {
  type AppConfig,
  configureHttp,
  createHttpAdapter,
  MEBIBYTE,
  observeHttp,
  PinoLogger,
  type RouteTemplate,
  type Tracing,
} from '@aitbc/platform';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module.js';
import { Maintenance } from './gateway/contract/index.js';
import { openApiOptions } from './open-api.js';

/** Long polls, which answer when there is something to report. */
const WAITING_ROUTES: ReadonlySet<RouteTemplate> = new Set(['POST /v1/agents/:id/jobs/next']);
/** Switched on by an operator: no failure of the system. */
const INTENDED: ReadonlySet<string> = new Set([Maintenance.code]);
const KIBIBYTE = 1024;
const SHUTDOWN_SIGNALS = ['SIGTERM', 'SIGINT'];

export interface StartedApplication {
  readonly app: NestFastifyApplication;
  /** The URL that it listens on, without a trailing slash. */
  readonly url: string;
}

/** Boots one process of the system and listens. */
export async function startApplication(config: AppConfig, tracing: Tracing): Promise<StartedApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    await AppModule.host(config, tracing.recent),
    createHttpAdapter({ trustProxy: config.trustProxy }),
    { logger: new PinoLogger(config.logLevel), abortOnError: false },
  );
  tracing.nameProcess(app.get(Distribution).self.id);
  if (config.telemetry) {
    observeHttp(app.getHttpAdapter().getInstance() as unknown as FastifyInstance, {
      waiting: WAITING_ROUTES,
      intended: INTENDED,
    });
  }
  configureHttp(app, {
    corsOrigins: config.corsOrigins,
    corsOriginsByPath: { '/rpc': config.rpcCorsOrigins },
    bodyLimits: {
      // Open to strangers; each holds only a few short texts.
      'POST /v1/auth/*': { bytes: 16 * KIBIBYTE, depth: 4, values: 100 },
      // A module of 1 MiB is 1.4 MiB as base64.
      'POST /v1/jobs': { bytes: 2 * MEBIBYTE },
      // 256 KiB of output, each character of which may take six in JSON.
      'POST /v1/jobs/:id/attempts/:n/result': { bytes: 2 * MEBIBYTE },
    },
    openApi: config.hosts('gateway')
      ? await openApiOptions({ version: config.version, url: config.port === 0 ? '/' : config.publicUrl })
      : undefined,
  });
  app.enableShutdownHooks(SHUTDOWN_SIGNALS, { useProcessExit: true });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onClose', () => tracing.stop());
  await app.init();
  if (!config.redisUrl) await app.get(Runtime).assertAlone();
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as { port: number };
  config.listensOn(port);
  return { app, url: `http://localhost:${port}` };
}
