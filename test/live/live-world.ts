import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModulithModule, Runtime, UnitOfWork } from '@aitbc/modulith';
import {
  AppConfig,
  configureHttp,
  createHttpAdapter,
  FixedClock,
  FlagProvider,
  FlagsModule,
  PlatformModule,
  ProbesModule,
} from '@aitbc/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Test } from '@nestjs/testing';
import { register } from 'prom-client';
import type { DataSource } from 'typeorm';
import { GatewayModule } from '../../src/gateway/gateway.module.js';
import { GatewayHttpModule } from '../../src/gateway/http/gateway-http.module.js';
import { PERMISSIONS } from '../../src/gateway/http/gatekeeper.js';
import { permissions } from '../../src/gateway/http/permissions.js';
import { Feed } from '../../src/monitoring/feed/feed.js';
import {
  LIVE_STREAM_OPTIONS,
  type LiveStreamOptions,
  liveStreamOptions,
} from '../../src/monitoring/http/live-streams.js';
import { MonitoringHttpModule } from '../../src/monitoring/http/monitoring-http.module.js';
import { MonitoringModule } from '../../src/monitoring/monitoring.module.js';
import { EventStream } from './event-stream.js';
import { contracts } from '../../src/monitoring/testing/monitoring-scenario.js';

const ADMIN = { email: 'root@example.org', password: 'staple of the correct horse' };
const PASSWORD = 'correct horse battery';
/** Of the two modules alone. */
const ownPermissions = Object.fromEntries(
  Object.entries(permissions).filter(([route]) =>
    /\/v1\/auth\/|\/v1\/events|\/v1\/admin\/(?!bookings|escrows|agents|jobs)|\/v1\/limits|health|metrics|^GET \/$/.test(
      route,
    ),
  ),
);

export interface Somebody {
  readonly id: string;
  readonly token: string;
}

/** Processes that host the gateway, monitoring or both, on one database; apart, they meet over Redis. */
export class LiveWorld {
  readonly clock = new FixedClock(new Date('2026-05-01T12:00:00.000Z'));
  private readonly directory = mkdtempSync(join(tmpdir(), 'live-'));
  private readonly prefix = `live-${randomUUID()}`;
  private readonly running = new Set<LiveProcess>();

  async start(
    hosted: ('gateway' | 'monitoring')[],
    options: Partial<LiveStreamOptions> & { redisUrl?: string } = {},
  ): Promise<LiveProcess> {
    const { redisUrl, ...streams } = options;
    const config = new AppConfig({
      NODE_ENV: 'test',
      DATA_DIR: this.directory,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      RATE_LIMIT_LOGIN: '1000',
      RATE_LIMIT_ADDRESS: '1000000',
      RATE_LIMIT_RPC: '1000000000',
    });
    const isGateway = hosted.includes('gateway');
    const testing = Test.createTestingModule({
      imports: [
        PlatformModule.forRoot(config, this.clock),
        FlagsModule.forRoot(new FlagProvider(this.clock)),
        ModulithModule.forRoot({
          contracts,
          hosted,
          databaseUrl: (module) => config.databaseUrlOf(module),
          secret: config.modulithSecret,
          parity: 'strict',
          redisUrl,
          transport: { prefix: this.prefix },
        }),
        ProbesModule,
        ...(isGateway ? [GatewayModule, GatewayHttpModule, MonitoringHttpModule] : []),
        ...(hosted.includes('monitoring') ? [MonitoringModule] : []),
      ],
    });
    if (isGateway) {
      testing.overrideProvider(PERMISSIONS).useValue(ownPermissions);
      testing.overrideProvider(LIVE_STREAM_OPTIONS).useValue({ ...liveStreamOptions, lookAgainMs: 100, ...streams });
    }
    const app = (await testing.compile()).createNestApplication<NestFastifyApplication>(createHttpAdapter(), {
      logger: ['error', 'fatal'],
    });
    configureHttp(app);
    app.enableShutdownHooks([]);
    await app.listen(0, '127.0.0.1');
    const process = new LiveProcess(app, () => this.running.delete(process));
    this.running.add(process);
    return process;
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((each) => each.stop()));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export class LiveProcess {
  constructor(
    readonly app: NestFastifyApplication,
    private readonly stopped: () => void,
  ) {}

  private get url(): string {
    const { port } = this.app.getHttpServer().address() as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  async register(name: string): Promise<Somebody> {
    return this.session('register', { email: `${name}@example.org`, password: PASSWORD });
  }

  signIn(name: string): Promise<Somebody> {
    return this.session('login', { email: `${name}@example.org`, password: PASSWORD });
  }

  admin(): Promise<Somebody> {
    return this.session('login', ADMIN);
  }

  private async session(act: 'register' | 'login', body: object): Promise<Somebody> {
    const response = await this.fetch(`/v1/auth/${act}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { user, accessToken } = (await response.json()) as { user: { id: string }; accessToken: string };
    return { id: user.id, token: accessToken };
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.url + path, init);
  }

  /** Opens a stream, of which the first bytes have come. */
  listen(by: Somebody | undefined, path = '/v1/events', more: { lastEventId?: string; isAsleep?: boolean } = {}) {
    return EventStream.open(this.url + path, { token: by?.token, ...more });
  }

  /** Tells an audience something, where monitoring runs. */
  tell(audience: string, type: string, data: Record<string, unknown> = {}): Promise<void> {
    return this.inUnitOfWork(() => this.app.get(Feed).append(audience, type, data));
  }

  rows<T>(sql: string): Promise<T[]> {
    return this.database.query(sql);
  }

  /** Changes monitoring's database behind its back. */
  change(sql: string): Promise<void> {
    return this.inUnitOfWork(() => this.database.query(sql));
  }

  private get database(): DataSource {
    return this.app.get<DataSource>(getDataSourceToken('monitoring'));
  }

  private inUnitOfWork(work: () => Promise<void>): Promise<void> {
    return new UnitOfWork(this.app.get(Runtime).module('monitoring')!.database).run(work);
  }

  async metric(name: string): Promise<number> {
    // Over HTTP it may be a second old.
    const text = await register.metrics();
    const line = text.split('\n').find((each) => each.startsWith(name));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  async stop(): Promise<void> {
    this.stopped();
    await this.app.close();
  }
}
