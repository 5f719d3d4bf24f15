import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { RouteTemplate } from '@aitbc/platform';
import { admits, isPublic, permissions } from '../../src/gateway/http/permissions.js';
import { doNothing } from '../../src/agents/testing/sample-jobs.js';
import type { Answer, Api } from '../support/api.js';
import { built } from '../support/built-application.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { HandAgent } from '../support/hand-agent.js';
import { OpenApi } from '../support/open-api.js';
import {
  bookFunded,
  type Booking,
  fund,
  type Job,
  type Offer,
  offerGpu,
  type Person,
  settled,
  submitWasm,
} from '../support/people.js';
import { System } from '../support/system.js';

const NOBODYS_ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';

/** Routes for people and machines that run the system, which are no operations of the API. */
const OUTSIDE_THE_API: readonly RouteTemplate[] = [
  'GET /',
  'GET /openapi.json',
  'GET /docs',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
];

/** Public routes that refuse credentials all the same: those in the body. */
const TAKES_CREDENTIALS = /^POST \/v1\/auth\/(login|refresh|logout)$/;

/** What somebody signed in may do although the resource is another's, or there is none: anything else is 404. */
const OPEN_TO_ANY_USER: Partial<Record<RouteTemplate, number>> = {
  'GET /v1/auth/me': 200,
  'GET /v1/limits': 200,
  // It proves nothing before the address has signed it.
  'POST /v1/address-challenges': 201,
  'GET /v1/auth/sessions': 200,
  // The example is not their password.
  'POST /v1/auth/password': 403,
  'POST /v1/auth/me/delete': 403,
  'POST /v1/auth/email/verification': 409,
  'GET /v1/auth/api-keys': 200,
  'GET /v1/auth/me/export': 200,
  'POST /v1/auth/api-keys': 403,
  'GET /v1/auth/passkeys': 200,
  'POST /v1/auth/passkeys/options': 403,
  // The example answers no challenge.
  'POST /v1/auth/passkeys': 410,
  'GET /v1/auth/second-factor': 200,
  'POST /v1/auth/second-factor/totp': 403,
  'POST /v1/auth/second-factor/totp/confirm': 409,
  'POST /v1/auth/second-factor/totp/remove': 403,
  'POST /v1/auth/second-factor/recovery-codes': 403,
  'POST /v1/wallets': 201,
  'GET /v1/wallets': 200,
  'GET /v1/offers': 200,
  'GET /v1/offers/:id': 200,
  // Without If-Match nobody is told whether it is theirs.
  'PATCH /v1/offers/:id': 428,
  'GET /v1/bookings': 200,
  'GET /v1/agents': 200,
  'GET /v1/jobs': 200,
  'GET /v1/events': 200,
  // It names the offers that one wanted to have, which anybody can read.
  'POST /v1/agents': 403,
};

/** What operators see and do beyond that. Money and agents of others are not among it. */
const OPEN_TO_OPERATORS: Partial<Record<RouteTemplate, number>> = {
  ...OPEN_TO_ANY_USER,
  'GET /v1/bookings/:id': 200,
  'GET /v1/agents/:id': 200,
  'GET /v1/jobs/:id': 200,
  'GET /v1/jobs/:id/result': 200,
  'GET /v1/jobs/:id/receipt': 200,
  'POST /v1/admin/bookings/:id/decision': 409,
  'GET /v1/admin/events': 200,
  'GET /v1/admin/overview': 200,
  'GET /v1/admin/modules': 200,
  'GET /v1/admin/traces': 200,
  'GET /v1/admin/dead-letters': 200,
  'POST /v1/admin/dead-letters/replay': 200,
  'GET /v1/admin/outbox': 200,
  'GET /v1/admin/pending': 200,
  'GET /v1/admin/flags': 200,
  'POST /v1/admin/flags': 201,
  // Nobody changes what they have not read: without If-Match they are not even told whether it is there.
  'PATCH /v1/admin/flags/:key': 428,
  'POST /v1/admin/flags/:key/archive': 428,
  'GET /v1/admin/users': 200,
  'GET /v1/admin/agents': 200,
  'GET /v1/admin/jobs': 200,
  'GET /v1/admin/bookings': 200,
  'GET /v1/admin/bookings/:id': 200,
  'GET /v1/admin/escrows': 200,
  'GET /v1/admin/audit': 200,
  'GET /v1/admin/audit/head': 200,
  'GET /v1/admin/audit/export': 200,
  'GET /v1/admin/series': 200,
  'GET /v1/admin/service-levels': 200,
  'GET /v1/admin/alert-rules': 200,
  'GET /v1/admin/alerts': 200,
  'GET /v1/admin/silences': 200,
  'POST /v1/admin/silences': 201,
  'GET /v1/admin/alert-channels': 200,
  // The name in the path is none.
  'PUT /v1/admin/alert-rules/:name': 400,
  'PUT /v1/admin/alert-channels/:name': 400,
};

interface Caller {
  readonly name: string;
  readonly api: Api;
  readonly principal: { roles: string[]; scopes: string[] };
  /** Statuses other than 404 of what the caller is let in to. */
  readonly allowed: Partial<Record<RouteTemplate, number>>;
}

describe('who may do what', () => {
  let system: System;
  let openApi: OpenApi;
  let client: Person;
  let provider: Person;
  let stranger: Person;
  let offer: Offer;
  let free: Offer;
  let booking: Booking;
  let job: Job;
  let agent: HandAgent;
  let callers: Caller[];

  beforeAll(async () => {
    system = await System.start();
    openApi = await OpenApi.of(system.api);
    const names = ['client', 'provider', 'stranger', 'operator'];
    const [owner, lister, outsider, clerk] = await Promise.all(names.map((name) => system.person(name)));
    [client, provider, stranger] = [owner!, lister!, outsider!];
    await fund(client);
    [offer, free] = await Promise.all([offerGpu(provider), offerGpu(provider)]);
    [booking, agent] = await Promise.all([bookFunded(client, offer), HandAgent.register(provider, [offer.id])]);
    const { id } = (await submitWasm(client, booking.id, doNothing())).as<Job>(201);
    (await agent.bring(await agent.take(), 'for the client only')).as(204);
    job = (await client.api.get(`/v1/jobs/${id}`)).as<Job>(200);
    (await client.api.get(`/v1/jobs/${id}/receipt`)).as(200);
    const strangersAgent = await HandAgent.register(stranger, [(await offerGpu(stranger)).id]);
    callers = [
      {
        name: 'another user',
        api: stranger.api,
        principal: { roles: ['user'], scopes: [] },
        allowed: OPEN_TO_ANY_USER,
      },
      {
        name: "another's agent",
        api: strangersAgent.api,
        principal: { roles: [], scopes: ['agent'] },
        allowed: {
          'GET /v1/agents/me': 200,
        },
      },
      {
        name: 'an operator',
        api: await asOperator(clerk!),
        principal: { roles: ['user', 'operator'], scopes: [] },
        allowed: OPEN_TO_OPERATORS,
      },
      {
        name: 'the administrator',
        api: await system.admin(),
        principal: { roles: ['user', 'admin'], scopes: [] },
        allowed: OPEN_TO_OPERATORS,
      },
    ];
  }, 240_000);
  afterAll(() => system?.dispose());

  it('the OpenAPI document and the table of permissions name the same routes and permissions', () => {
    expect(openApi.version).toMatch(/^3\.1/);
    const documented = [...openApi.operations.keys()];
    expect([...documented, ...OUTSIDE_THE_API].toSorted()).toEqual(Object.keys(permissions).toSorted());
    for (const [route, operation] of openApi.operations) {
      expect(operation['x-permission'], route).toEqual([permissions[route]].flat());
      expect(operation.security, route).toEqual(isPublic(permissions[route]!) ? [] : [{ bearer: [] }]);
    }
  });

  it('every operation shows by examples what it takes and what it answers', () => {
    const operations = [...openApi.operations];
    const silent = operations.flatMap(([route, operation]) => [
      ...openApi.fieldsWithoutExample(operation).map((field) => `${route} does not show ${field}`),
      ...(openApi.showsAnswer(operation) ? [] : [`${route} does not show its answer`]),
    ]);
    expect(silent).toEqual([]);
  });

  it('nobody is let in without a token, or with one that is garbage', async () => {
    for (const [route, permission] of Object.entries(permissions) as [RouteTemplate, string][]) {
      for (const [api, code] of [
        [system.api, 'unauthenticated'],
        [system.api.as('garbage'), 'gateway.invalid_token'],
      ] as const) {
        const answer = await call(api, route);
        if (TAKES_CREDENTIALS.test(route)) expect([401, 400, 204], route).toContain(answer.status);
        else if (isPublic(permission as 'public')) expect([401, 403], route).not.toContain(answer.status);
        else expect(answer.refusal, route).toEqual({ status: 401, code, fields: [] });
      }
    }
  }, 120_000);

  it.each(['another user', "another's agent", 'an operator', 'the administrator'])(
    '%s is let in as the table says, and finds nothing that is not theirs',
    async (name) => {
      const { api, principal, allowed } = callers.find((each) => each.name === name)!;
      const before = await everything();
      const wrong: string[] = [];
      for (const [route, permission] of Object.entries(permissions) as [RouteTemplate, string][]) {
        if (isPublic(permission as 'public')) continue;
        const answer = await call(api, route);
        const expected = admits(permissions[route], principal) ? (allowed[route] ?? 404) : 403;
        if (answer.status !== expected) wrong.push(`${route}: ${answer.status} instead of ${expected}: ${answer.text}`);
      }
      expect(wrong).toEqual([]);
      expect(await everything()).toEqual(before);
    },
    120_000,
  );

  it("another user's lists show nothing of theirs", async () => {
    for (const [path, expected] of [
      ['/v1/wallets', [stranger.wallet.id]],
      ['/v1/bookings', []],
      ['/v1/jobs', []],
    ] as const) {
      const { items } = (await stranger.api.get(`${path}?limit=100`)).as<{ items: { id: string }[] }>(200);
      const foreign = items.filter(({ id }) => [client.wallet.id, booking.id, job.id, agent.id].includes(id));
      expect(foreign, path).toEqual([]);
      expect(
        items.map(({ id }) => id),
        path,
      ).toEqual(expect.arrayContaining([...expected]));
    }
    const text = await everythingSeenBy(stranger.api);
    for (const secret of [client.email, booking.id, job.id, 'for the client only']) expect(text).not.toContain(secret);
  });

  it('the provider sees the booking and its receipt, but spends nothing of it and reads no result', async () => {
    (await provider.api.get(`/v1/bookings/${booking.id}`)).as(200);
    (await provider.api.get(`/v1/jobs/${job.id}/receipt`)).as(200);
    expect((await provider.api.get(`/v1/jobs/${job.id}/result`)).refusal.status).toBe(404);
    for (const act of ['cancel', 'complete']) {
      expect((await provider.api.post(`/v1/bookings/${booking.id}/${act}`)).refusal.code).toBe(
        'marketplace.only_client_may',
      );
    }
    expect((await submitWasm(provider, booking.id, doNothing())).refusal.code).toBe('agents.only_client_may_submit');
  });

  it('an agent may be nothing else: its token opens no door of its owner', async () => {
    expect((await agent.api.get(`/v1/wallets`)).refusal).toEqual({ status: 403, code: 'forbidden', fields: [] });
    expect((await agent.api.get(`/v1/jobs/${job.id}/result`)).refusal.status).toBe(403);
    expect((await provider.api.post(`/v1/agents/${agent.id}/heartbeat`, { attempts: [] })).refusal.status).toBe(403);
  });

  it('what operators did stands in the audit log, whose export anybody can verify', async () => {
    const admin = await system.admin();
    const operator = callers.find(({ name }) => name === 'an operator')!;
    (await operator.api.post(`/v1/admin/users/${stranger.id}/lock`, { reason: 'for a moment' })).as(200);
    expect((await stranger.api.get('/v1/auth/me')).refusal.code).toBe('gateway.token_withdrawn');
    (await operator.api.post(`/v1/admin/users/${stranger.id}/unlock`)).as(200);
    type Audit = { items: { action: string; actor: { subject: string }; origin: string; traceId: string }[] };
    const path = `/v1/admin/audit?resource=gateway.user%20${stranger.id}`;
    const { items } = await admin.until<Audit>(path, (page) => page.items.length === 2);
    expect(items.map(({ action }) => action)).toEqual(['unlock', 'lock']);
    for (const { origin, traceId } of items) {
      expect(origin).toMatch(/127\.0\.0\.1|::1/);
      expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    }

    const { sequence, hash } = (await admin.get('/v1/admin/audit/head')).as<{ sequence: number; hash: string }>(200);
    const exported = (await admin.get('/v1/admin/audit/export')).text;
    const head = `${sequence}:${hash}`;
    expect(verifyAudit(exported, head)).toMatchObject({ status: 0, stdout: expect.stringContaining(`Head ${head}`) });
    expect(verifyAudit(exported.replace('"unlock"', '"ulnock"'), head)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/Record \d+ was changed/),
    });
    expect(verifyAudit(exported.replace(/.*\n$/, ''), head)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`The end is missing: record ${sequence}.`),
    });
    expect(verifyAudit('', 'no head')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage') });
  });

  it('HEAD is as closed as GET, and OPTIONS tells nothing', async () => {
    expect((await system.api.send('HEAD', '/v1/wallets')).status).toBe(401);
    const options = await system.api.send('OPTIONS', '/v1/wallets');
    expect([options.status, options.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  it('the client completes the booking, which all of this has left alone', async () => {
    (await client.api.post(`/v1/bookings/${booking.id}/complete`)).as(200);
    expect((await settled(client, booking.id)).status).toBe('settled');
  }, 60_000);

  describeClosingAudit(() => system);

  /** Sends what the document says the operation takes, about real resources of client and provider. */
  function call(api: Api, route: RouteTemplate): Promise<Answer> {
    const [method, template] = route.split(' ') as [string, string];
    const operation = openApi.operations.get(route);
    return api.send(method, pathOf(template), { body: operation && about(openApi.exampleBody(operation)) });
  }

  function pathOf(template: string): string {
    const owners: [RegExp, string][] = [
      // The money must not be frozen here.
      [/^\/v1\/admin\/bookings\/:id\/dispute/, NOBODYS_ID],
      [/^\/v1\/wallets/, client.wallet.id],
      [/^\/v1\/offers/, free.id],
      [/^\/v1\/(admin\/)?bookings/, booking.id],
      [/^\/v1\/agents/, agent.id],
      [/^\/v1\/jobs/, job.id],
      [/^\/v1\/admin\/traces/, '0'.repeat(32)],
    ];
    const id = owners.find(([prefix]) => prefix.test(template))?.[1] ?? NOBODYS_ID;
    return template
      .replace(':id', id)
      .replace(':key', 'nobodys-flag')
      .replace(':n', '1')
      .replace(':numberOrHash', '0')
      .replace(':hash', booking.escrow.lockTransaction!)
      .replace(':address', client.wallet.address);
  }

  /** An example, with the real ids of what belongs to client and provider in the place of invented ones. */
  function about(example: unknown): unknown {
    if (typeof example !== 'object' || example === null) return example;
    const real: Record<string, unknown> = { walletId: client.wallet.id, bookingId: booking.id, offerIds: [offer.id] };
    const body = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, real[name] ?? value]));
    // Alternatives to each other, which the schema can only list side by side.
    if ('walletId' in body) delete body['clientAddress'];
    if ('withoutAgent' in body) body['withoutAgent'] = true;
    if ('providerShare' in body) delete body['providerGross'];
    // A cursor is good for the list that gave it alone.
    delete body['cursor'];
    if ('email' in body) body['email'] = `walker-${walks++}@example.org`;
    if ('key' in body && 'kind' in body) body['key'] = `walk-${walks++}`;
    return body;
  }
  let walks = 0;

  /** All that could have been changed, as its owners see it. */
  async function everything(): Promise<unknown> {
    const { unlockedUntil, ...wallet } = (await client.api.get(`/v1/wallets/${client.wallet.id}`)).as<{
      unlockedUntil: string | null;
    }>(200);
    const paths: [Api, string][] = [
      [client.api, `/v1/bookings/${booking.id}`],
      [client.api, `/v1/jobs/${job.id}`],
      [client.api, `/v1/jobs/${job.id}/result`],
      [client.api, `/v1/wallets/${client.wallet.id}/transfers`],
      [provider.api, `/v1/offers/${offer.id}`],
      [provider.api, `/v1/offers/${free.id}`],
      [provider.api, '/v1/agents'],
    ];
    const answers = await Promise.all(paths.map(async ([api, path]) => (await api.get(path)).as(200)));
    return [wallet, unlockedUntil, ...answers];
  }

  async function everythingSeenBy(api: Api): Promise<string> {
    const lists = ['/v1/wallets', '/v1/offers', '/v1/bookings', '/v1/jobs', '/v1/agents'];
    return (await Promise.all(lists.map((path) => api.get(path)))).map(({ text }) => text).join('\n');
  }

  async function asOperator({ id, email, password }: Person): Promise<Api> {
    (await (await system.admin()).put(`/v1/admin/users/${id}/roles`, { roles: ['user', 'operator'] })).as(200);
    const { accessToken } = (await system.api.post('/v1/auth/login', { email, password })).as<{ accessToken: string }>(
      200,
    );
    return system.api.as(accessToken);
  }
});

/** Runs what `npm run verify-audit` runs. */
function verifyAudit(log: string, head: string) {
  const command = [join(built, 'monitoring', 'verify-audit.js'), '--head', head];
  return spawnSync(process.execPath, command, { input: log, encoding: 'utf8' });
}
