import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModulithModule } from '@aitbc/modulith';
import {
  AppConfig,
  configureHttp,
  createHttpAdapter,
  FixedClock,
  FlagProvider,
  FlagsModule,
  PlatformModule,
} from '@aitbc/platform';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { gatewayContract } from '../contract/index.js';
import { GatewayModule } from '../gateway.module.js';
import { PERMISSIONS } from '../http/gatekeeper.js';
import { describeApi } from '../http/describe-api.js';
import { GatewayHttpModule } from '../http/gateway-http.module.js';
import { type Permissions, permissions } from '../http/permissions.js';

export const PASSWORD = 'correct horse battery';
export const ADMIN = { email: 'root@example.org', password: 'staple of the correct horse' };

interface Request {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly from?: string;
}

export interface GatewayOptions {
  /** Routes in addition to the gateway's own. */
  readonly controllers?: Type[];
  readonly permissions?: Permissions;
  readonly databaseUrl?: string;
  readonly environment?: Record<string, string>;
}

const OWN_ROUTES = Object.fromEntries(
  Object.entries(permissions).filter(([route]) =>
    /\/v1\/auth\/|\/v1\/limits|\/v1\/admin\/users|\/docs$|\/openapi\.json$|^GET \/$/.test(route),
  ),
);

/** The gateway alone, as in production: real HTTP stack, real database, a clock set by the test. */
export class TestGateway {
  readonly clock = new FixedClock(new Date('2026-05-01T12:00:00.000Z'));
  /** The flags; the code's defaults until a test replaces them. */
  readonly flags = new FlagProvider(this.clock);
  readonly directory = mkdtempSync(join(tmpdir(), 'gateway-'));
  app: NestFastifyApplication;
  server: FastifyInstance;

  static async start(options: GatewayOptions = {}): Promise<TestGateway> {
    const gateway = new TestGateway();
    await gateway.boot(options);
    return gateway;
  }

  private async boot(options: GatewayOptions): Promise<void> {
    const config = new AppConfig({
      NODE_ENV: 'test',
      DATA_DIR: this.directory,
      DATABASE_URL: options.databaseUrl,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      RATE_LIMIT_LOGIN: '1000',
      RATE_LIMIT_ADDRESS: '1000',
      ...options.environment,
    });
    const table = { ...OWN_ROUTES, ...options.permissions };
    const testing = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot(config, this.clock),
        FlagsModule.forRoot(this.flags),
        ModulithModule.forRoot({
          contracts: [gatewayContract],
          hosted: ['gateway'],
          databaseUrl: (module) => config.databaseUrlOf(module),
          secret: config.modulithSecret,
          parity: 'strict',
        }),
        GatewayModule,
        GatewayHttpModule,
      ],
      controllers: options.controllers ?? [],
    })
      .overrideProvider(PERMISSIONS)
      .useValue(table)
      .compile();
    this.app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter({ trustProxy: true }), {
      logger: ['error', 'fatal'],
    });
    configureHttp(this.app, {
      openApi: {
        title: 'Gateway',
        description: 'The gateway alone',
        version: '1',
        describe: (document, handlerOf) => describeApi(document, handlerOf, table),
      },
    });
    await this.app.init();
    this.server = this.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    await this.server.ready();
  }

  get(url: string, request: Request = {}): Promise<LightMyRequestResponse> {
    return this.server.inject({ method: 'GET', url, headers: headersOf(request) });
  }

  delete(url: string, request: Request = {}): Promise<LightMyRequestResponse> {
    return this.server.inject({ method: 'DELETE', url, headers: headersOf(request) });
  }

  post(url: string, payload: object | undefined, request: Request = {}): Promise<LightMyRequestResponse> {
    return this.server.inject({ method: 'POST', url, payload, headers: headersOf(request) });
  }

  /** Registers an account and returns its session. */
  async register(email: string): Promise<Session> {
    return (await this.post('/v1/auth/register', { email, password: PASSWORD })).json<Session>();
  }

  login(email: string, password = PASSWORD, request: Request = {}): Promise<LightMyRequestResponse> {
    return this.post('/v1/auth/login', { email, password }, request);
  }

  refresh(refreshToken: string): Promise<LightMyRequestResponse> {
    return this.post('/v1/auth/refresh', { refreshToken });
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export interface Session {
  readonly user: { id: string; email: string; roles: string[] };
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
}

function headersOf({ token, headers, from }: Request): Record<string, string> {
  return {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(from ? { 'x-forwarded-for': from } : {}),
    ...headers,
  };
}
