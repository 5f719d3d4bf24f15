import { configureHttp, createHttpAdapter } from '@aitbc/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { HomeController } from './home.controller.js';
import { isPublic, permissions } from './permissions.js';

describe('the page at /', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const testing = await Test.createTestingModule({ controllers: [HomeController] }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter());
    configureHttp(app);
    await app.init();
  });
  afterAll(() => app?.close());

  it('says what this is, and leads to what everybody may read', async () => {
    const page = await app.inject({ method: 'GET', url: '/' });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('marketplace for AI compute');
    const links = [...page.body.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!);
    expect(links.length).toBeGreaterThan(2);
    for (const href of links) expect(isPublic(permissions[`GET ${href}`]!), href).toBe(true);
  });
});
