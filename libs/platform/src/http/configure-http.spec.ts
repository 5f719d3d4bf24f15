import { once } from 'node:events';
import { connect } from 'node:net';
import { DomainError, ModuleUnavailable } from '@aitbc/modulith';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiProperty } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import type { FastifyInstance } from 'fastify';
import { Amount } from '../money/amount.js';
import { Nested } from '../validation/nested.js';
import { Text } from '../validation/text.js';
import { WholeNumber } from '../validation/whole-number.js';
import { CreatedAt } from './created-at.js';
import { configureHttp } from './configure-http.js';
import { createHttpAdapter } from './http-adapter.js';
import { ApiPage, Page, PageQuery } from './page.js';
import { ParseUuid } from './parse-uuid.js';
import { routesOf } from './routes.js';

class Task {
  @ApiProperty() @Text({ max: 10 }) kind: string;
}

class OrderBody {
  @WholeNumber({ min: 1, max: 10 }) hours: number;
  @Amount() price: bigint;
  @Nested(() => Task) task: Task;
}

class OrderView {
  @ApiProperty() id: string;
  @Amount() price: bigint;
}

class ListOrders extends PageQuery<Page<OrderView>> {}

class OrderTaken extends DomainError {
  static override readonly code = 'orders.taken';
}

@Controller('v1/orders')
class OrdersController {
  @Get()
  @ApiPage(OrderView)
  list(@Query() query: ListOrders) {
    return Page.of([{ query: query instanceof ListOrders, limit: query.limit, price: 2n * 10n ** 18n }]);
  }

  @Get(':id')
  @ApiOkResponse({ type: OrderView })
  get(@Param('id', ParseUuid) id: string) {
    return { id };
  }

  @Post()
  create(@Body() body: OrderBody) {
    return { hours: body.hours, price: body.price, task: body.task instanceof Task };
  }

  @Post('large')
  large(@Body() body: { blob: string }) {
    return { size: body.blob.length };
  }

  @Post('kept')
  @CreatedAt('/v1/orders/{order.id}')
  keep() {
    return { order: { id: 'an id' } };
  }

  @Post('taken')
  taken() {
    throw new OrderTaken('Somebody was faster.');
  }

  @Post('away')
  away() {
    throw new ModuleUnavailable('wallet');
  }

  @Post('broken')
  broken() {
    throw new Error('connection string postgres://secret');
  }
}

@Module({ controllers: [OrdersController] })
class OrdersModule {}

describe('an application with HTTP manners', () => {
  let app: NestFastifyApplication;
  let server: FastifyInstance;

  beforeAll(async () => {
    const testing = await Test.createTestingModule({ imports: [OrdersModule] }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter({ bodyLimit: 1000 }), {
      logger: false,
    });
    configureHttp(app, {
      corsOrigins: ['https://app.example'],
      bodyLimits: { 'POST /v1/orders/large': { bytes: 2000 }, 'POST /v1/orders/t*': { values: 3 } },
      openApi: { title: 'Orders', description: 'Orders', version: '1' },
    });
    await app.init();
    server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
    await server.ready();
  });

  afterAll(() => app.close());

  const get = (url: string, headers: Record<string, string> = {}) => server.inject({ method: 'GET', url, headers });
  const post = (url: string, payload?: object | string, headers: Record<string, string> = {}) =>
    server.inject({ method: 'POST', url, payload, headers });
  const order = { hours: 1, price: '0.5', task: { kind: 'wasm' } };

  it('turns bodies and queries into instances, and amounts both ways', async () => {
    const created = await post('/v1/orders', order);
    expect([created.statusCode, created.json()]).toEqual([201, { hours: 1, price: '0.5', task: true }]);
    const listed = await get('/v1/orders?limit=5');
    expect(listed.json()).toEqual({ items: [{ query: true, limit: 5, price: '2' }], nextCursor: null });
    expect((await get('/v1/orders')).json()).toMatchObject({ items: [{ limit: 20 }] });
  });

  it.each([
    ['a wrong field', { ...order, hours: 0 }, 'hours'],
    ['an unknown field', { ...order, discount: 1 }, 'discount'],
    ['a nested field', { ...order, task: { kind: 1 } }, 'task.kind'],
    ['an unknown nested field', { ...order, task: { kind: 'wasm', root: true } }, 'task.root'],
    ['a nested field that is no object', { ...order, task: 'wasm' }, 'task'],
    ['a malformed amount', { ...order, price: '1e3' }, 'price'],
    ['a negative amount', { ...order, price: '-1' }, 'price'],
    ['no body at all', undefined, 'hours'],
  ])('names %s', async (_what, body, field) => {
    const answer = await post('/v1/orders', body);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((each) => each.field)).toContain(field);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'limit=1&limit=2', 'cursor=x', 'colour=red'])(
    'names what is wrong with the query %s',
    async (query) => {
      const field = query.split('=')[0];
      const problem = (await get(`/v1/orders?${query}`)).json<{ status: number; errors: { field: string }[] }>();
      expect([problem.status, problem.errors[0]?.field]).toEqual([400, field]);
    },
  );

  it('names a path parameter that is no UUID', async () => {
    expect((await get('/v1/orders/17')).json()).toMatchObject({ status: 400, errors: [{ field: 'id' }] });
    const id = '01914B7A-2F60-7000-8000-000000000000';
    expect((await get(`/v1/orders/${id}`)).json()).toEqual({ id: id.toLowerCase() });
  });

  it.each([
    ['malformed JSON', '{"hours":', 'application/json', 400, 'malformed_json'],
    ['an empty JSON body', '', 'application/json', 400, 'validation_failed'],
    ['a form', 'hours=1', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['plain text', '{"hours":1}', 'text/plain', 415, 'unsupported_media_type'],
    ['JSON that is nested too deeply', '['.repeat(900), 'application/json', 413, 'body_too_complex'],
    ['a body of another type', '<a/>', 'application/xml', 415, 'unsupported_media_type'],
    ['a body that is too large', JSON.stringify({ a: 'x'.repeat(1500) }), 'application/json', 413, 'body_too_large'],
  ])('answers %s with a problem', async (_what, body, type, status, code) => {
    const answer = await post('/v1/orders', body, { 'content-type': type });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
  });

  it('lets a route take larger bodies than others', async () => {
    expect((await post('/v1/orders/large', { blob: 'x'.repeat(1500) })).json()).toEqual({ size: 1500 });
    expect((await post('/v1/orders/large', { blob: 'x'.repeat(2500) })).statusCode).toBe(413);
  });

  it.each(['/v1/orders', '/v1/orders/taken', '/v1/nowhere'])('tells nothing of what was sent to %s', async (url) => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain', 'hunter2/x']) {
      for (const body of ['{"password":"hunter2"', '{"hunter2":1,"a b hunter2":2}', '"hunter2"', 'password=hunter2']) {
        const answer = await post(url, body, { 'content-type': type });
        // The name of an unknown field is told: it is what helps to mend a slip.
        expect(answer.body.replaceAll(/"field":"hunter2"|hunter2 is not a known field/g, '')).not.toContain('hunter2');
      }
    }
  });

  it('takes a request without a body whatever type it names', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      expect((await post('/v1/orders/taken', '', { 'content-type': type })).statusCode).toBe(409);
    }
  });

  it.each([
    ['DELETE', '/v1/orders', 'GET, HEAD, POST'],
    ['PUT', '/v1/orders/taken?now=1', 'POST'],
    ['PATCH', '/v1/orders/01914b7a-2f60-7000-8000-000000000000/', 'GET, HEAD'],
  ] as const)('says which methods there are instead of %s %s', async (method, url, allow) => {
    const answer = await server.inject({ method, url });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
    expect(answer.json()).toMatchObject({ code: 'method_not_allowed' });
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  it('says where what was created is', async () => {
    const kept = await post('/v1/orders/kept');
    expect([kept.statusCode, kept.headers.location]).toEqual([201, '/v1/orders/an%20id']);
    expect((await post('/v1/orders/taken')).headers.location).toBeUndefined();
  });

  it('answers with a slash at the end as without', async () => {
    expect((await get('/v1/orders/?limit=5')).json()).toMatchObject({ items: [{ limit: 5 }] });
  });

  it('lets several routes take less', async () => {
    expect((await post('/v1/orders/taken', [1, 2, 3])).json()).toMatchObject({ status: 413, code: 'body_too_complex' });
    expect((await post('/v1/orders/taken', [1])).statusCode).toBe(409);
  });

  it('answers an unknown route and a malformed URL with a problem', async () => {
    expect((await get('/v1/nowhere')).json()).toMatchObject({ status: 404, code: 'not_found' });
    const malformed = await get('/v1/orders/%zz');
    expect(malformed.json()).toMatchObject({ status: 400, code: 'bad_request' });
    expect(malformed.headers['x-content-type-options']).toBe('nosniff');
  });

  it('answers domain errors by their code, and says when to come back', async () => {
    expect((await post('/v1/orders/taken')).json()).toMatchObject({ status: 409, code: 'orders.taken' });
    const away = await post('/v1/orders/away');
    expect([away.statusCode, away.headers['retry-after']]).toEqual([503, '1']);
  });

  it('says nothing of the inside when something breaks', async () => {
    const broken = await post('/v1/orders/broken');
    expect(broken.json()).toMatchObject({ status: 500, code: 'internal_error' });
    expect(broken.body).not.toContain('secret');
  });

  it('takes a sane request id and gives one otherwise', async () => {
    const taken = await get('/v1/nowhere', { 'x-request-id': 'client-1234' });
    expect(taken.headers['x-request-id']).toBe('client-1234');
    expect(taken.json()).toMatchObject({ requestId: 'client-1234' });
    const refused = await get('/v1/nowhere', { 'x-request-id': 'a b' });
    expect(refused.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('sends security headers, and CORS headers to listed origins only', async () => {
    const ours = await get('/v1/orders', { origin: 'https://app.example' });
    expect(ours.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example',
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'x-frame-options': 'DENY',
    });
    const theirs = await get('/v1/orders', { origin: 'https://evil.example' });
    expect(theirs.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answers what a browser asks before it sends', async () => {
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' };
    const preflight = await server.inject({ method: 'OPTIONS', url: '/v1/orders', headers });
    expect([preflight.statusCode, preflight.headers['access-control-allow-origin']]).toEqual([
      204,
      'https://app.example',
    ]);
  });

  it('serves OpenAPI 3.1 with the problem that each operation may answer', async () => {
    const document = (await get('/openapi.json')).json<{ openapi: string; paths: object; components: object }>();
    expect(document.openapi).toBe('3.1.0');
    const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
    expect(document.paths).toMatchObject({
      '/v1/orders': { get: { responses: { default: problem } } },
      '/v1/orders/{id}': { get: { responses: { default: problem } } },
    });
    expect(document.components).toMatchObject({
      schemas: { Problem: { required: expect.arrayContaining(['code']) as [] } },
    });
  });

  it('serves Swagger UI, which its content policy allows', async () => {
    const page = await get('/docs');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, expect.stringContaining('text/html')]);
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)/);
    for (const [, script] of page.body.matchAll(/<script src="\.?\/?([^"]+)"/g)) {
      expect((await get(`/${script}`)).statusCode, script).toBe(200);
    }
  });

  it('knows its routes', () => {
    const routes = routesOf(server);
    expect([...routes]).toEqual(
      expect.arrayContaining(['GET /v1/orders', 'POST /v1/orders', 'GET /v1/orders/:id', 'GET /docs']),
    );
  });
});

describe('an application that closes', () => {
  it('does not wait for a connection on which nobody has asked anything', async () => {
    const testing = await Test.createTestingModule({ imports: [OrdersModule] }).compile();
    const app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter(), { logger: false });
    configureHttp(app);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    // The server has it too once it has answered somebody who came later.
    expect((await fetch(`http://127.0.0.1:${port}/v1/orders`)).status).toBe(200);
    const closed = once(socket, 'close');
    await app.close();
    await closed;
  }, 5_000);
});
