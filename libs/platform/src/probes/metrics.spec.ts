import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Gauge, Registry } from 'prom-client';
import { AppConfig } from '../config/config.js';
import { configureHttp } from '../http/configure-http.js';
import { createHttpAdapter } from '../http/http-adapter.js';
import { collectAll, Exposition } from './exposition.js';
import { ProbesController } from './probes.controller.js';
import { Readiness } from './readiness.js';

const TOKEN = 'a token of sixteen'.replaceAll(' ', '-');

describe('who may read the metrics', () => {
  let app: NestFastifyApplication;
  afterEach(() => app.close());

  async function start(metricsToken?: string): Promise<void> {
    const module = await Test.createTestingModule({
      controllers: [ProbesController],
      providers: [
        { provide: Readiness, useValue: {} },
        { provide: AppConfig, useValue: { metricsToken } },
      ],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(createHttpAdapter());
    configureHttp(app);
    await app.init();
  }

  const scrape = (authorization?: string) =>
    app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } });

  it('is anybody where no token is set', async () => {
    await start();
    expect([(await scrape()).statusCode, (await scrape('Bearer else')).statusCode]).toEqual([200, 200]);
  });

  it('is whoever brings the token where one is set', async () => {
    await start(TOKEN);
    const answer = await scrape(`Bearer ${TOKEN}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
  });

  it.each([undefined, '', 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`, TOKEN])(
    'is nobody who brings %s then, and the refusal is a problem',
    async (authorization) => {
      await start(TOKEN);
      const answer = await scrape(authorization);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
      expect(answer.body).not.toContain(TOKEN);
    },
  );
});

describe('the text of the metrics', () => {
  let now = 0;
  let collected = 0;
  let end: () => void = () => undefined;
  beforeEach(() => {
    now = 5_000;
    collected = 0;
  });

  const exposition = (collect = async () => `${(collected += 1)}`) => new Exposition(collect, () => now);

  it('is the same for all who ask within a second, and then another', async () => {
    const metrics = exposition();
    expect(await Promise.all([metrics.get(), metrics.get()])).toEqual(['1', '1']);
    now += 999;
    expect(await metrics.get()).toBe('1');
    now += 1;
    expect(await metrics.get()).toBe('2');
  });

  it('is never collected twice at a time, however long it takes', async () => {
    const metrics = exposition(async () => {
      await new Promise<void>((resolve) => (end = resolve));
      return `${(collected += 1)}`;
    });
    const first = metrics.get();
    now += 10_000;
    const second = metrics.get();
    end();
    expect(await Promise.all([first, second])).toEqual(['1', '1']);
  });

  it('that could not be collected is tried again at the next second, and until then not asked for', async () => {
    let tries = 0;
    const metrics = exposition(async () => {
      tries += 1;
      throw new Error('away');
    });
    await expect(metrics.get()).rejects.toThrow('away');
    await expect(metrics.get()).rejects.toThrow('away');
    expect(tries).toBe(1);
    now += 1_000;
    await expect(metrics.get()).rejects.toThrow('away');
    expect(tries).toBe(2);
  });
});

describe('the metrics', () => {
  it('when one of them cannot be read, are all the others', async () => {
    const registers = [new Registry()];
    new Gauge({ name: 'sound', help: '-', registers }).set(3);
    new Gauge({ name: 'broken', help: '-', registers, collect: () => Promise.reject(new Error('away')) });
    new Gauge({ name: 'as_sound', help: '-', registers }).set(4);
    expect(await collectAll(registers[0]!)).toBe(
      '# HELP sound -\n# TYPE sound gauge\nsound 3\n\n# HELP as_sound -\n# TYPE as_sound gauge\nas_sound 4\n',
    );
  });
});
