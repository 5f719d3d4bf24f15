import { v7 as uuidv7 } from 'uuid';
import { inOrder } from '../open-api/build-document.js';
import documented from '../../docs/openapi.json' with { type: 'json' };
import { apiClient } from '../support/api-client/api-client.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { System } from '../support/system.js';

const PUBLIC_URL = 'https://api.example.org';

/** What an operator does, by a client generated from the description of the API. */
describe('an operator', () => {
  let system: System;
  let client: ReturnType<typeof apiClient>;
  let somebody: string;
  beforeAll(async () => {
    system = await System.start({ PUBLIC_URL });
    client = apiClient(await system.admin());
    somebody = (await system.person('somebody')).id;
  }, 180_000);
  afterAll(() => system?.dispose());

  /** The answer, which must be one. */
  async function from<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
    const { data, error, response } = await answer;
    if (data === undefined) throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(error)}`);
    return data;
  }

  /** A dead letter that can be applied, left by a handler of monitoring's. */
  async function leaveDeadLetter(): Promise<string> {
    const [id, key] = [uuidv7(), uuidv7()];
    const fields = { bookingId: key, offerId: uuidv7(), clientId: uuidv7(), providerId: uuidv7(), status: 'funded' };
    const row = {
      id,
      message_id: uuidv7(),
      name: 'marketplace.BookingChanged',
      handler: 'RecordFeed',
      key,
      payload: JSON.stringify({ $t: 'marketplace.BookingChanged', v: fields }),
      metadata: JSON.stringify({ version: 1, correlationId: key }),
      state: 'failed',
      attempts: 5,
      error_code: 'internal_error',
      error_message: 'it broke',
      created_at: Date.now(),
    };
    const columns = Object.keys(row);
    await system.database.change(
      `INSERT INTO monitoring_dead_letters (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      Object.values(row),
    );
    return id;
  }

  it('has the description that this release serves', async () => {
    const served = (await (await fetch(`${system.url}/openapi.json`)).json()) as Parameters<typeof inOrder>[0];
    expect(served.servers).toEqual([{ url: PUBLIC_URL }]);
    const { servers, info } = documented as unknown as typeof served;
    expect(inOrder({ ...served, servers, info })).toEqual(documented);
  });

  it('sees the system at a glance, and where each module runs', async () => {
    const { summaries, unavailable, modules } = await from(client.GET('/v1/admin/overview'));
    expect(unavailable).toEqual([]);
    expect(Object.keys(summaries)).toContain('marketplace');
    expect(modules.map(({ name, hosted }) => [name, hosted])).toEqual(
      (await from(client.GET('/v1/admin/modules'))).map(({ name }) => [name, true]),
    );
  });

  it('sees what waits in outboxes and in Redis, and is told what cannot be asked', async () => {
    const [outbox] = await from(client.GET('/v1/admin/outbox', { params: { query: { module: 'wallet', limit: 5 } } }));
    expect(outbox).toMatchObject({ module: 'wallet', problem: null });
    expect(Array.isArray(await from(client.GET('/v1/admin/pending')))).toBe(true);
    const { error } = await client.GET('/v1/admin/outbox', { params: { query: { module: 'nothing' } } });
    expect(error).toMatchObject({ status: 400, code: 'validation_failed', errors: [{ field: 'module' }] });
  });

  it('finds a dead letter, replays it, and discards another', async () => {
    const [first, second, third] = [await leaveDeadLetter(), await leaveDeadLetter(), await leaveDeadLetter()];
    const query = { module: 'monitoring', handler: 'RecordFeed', state: 'failed', limit: 2 } as const;
    const page = await from(client.GET('/v1/admin/dead-letters', { params: { query } }));
    expect(page.items.map(({ id }) => id)).toEqual([first, second]);
    const rest = { ...query, cursor: page.nextCursor! };
    expect(await from(client.GET('/v1/admin/dead-letters', { params: { query: rest } }))).toMatchObject({
      items: [{ id: third }],
      nextCursor: null,
    });
    const letter = await from(client.GET('/v1/admin/dead-letters/{id}', { params: { path: { id: first } } }));
    expect(letter).toMatchObject({ name: 'marketplace.BookingChanged', attempts: 5, errorMessage: 'it broke' });

    const path = { id: first };
    expect(await from(client.POST('/v1/admin/dead-letters/{id}/replay', { params: { path } }))).toEqual({ applied: 1 });
    const discarded = await client.DELETE('/v1/admin/dead-letters/{id}', { params: { path: { id: second } } });
    expect(discarded.response.status).toBe(204);
    const report = await from(client.POST('/v1/admin/dead-letters/replay', { body: { module: 'monitoring' } }));
    expect(report).toMatchObject({ letters: [{ id: third, applied: 1, errorCode: null }], hasMore: false });
    expect(await from(client.GET('/v1/admin/dead-letters'))).toEqual({ items: [], nextCursor: null });
    const again = await client.POST('/v1/admin/dead-letters/{id}/replay', { params: { path } });
    expect(again.error).toMatchObject({ status: 404, code: 'dead_letter_not_found' });
  });

  it('opens and closes the breakers of a module, where there are any', async () => {
    const set = (state: 'isolated' | 'closed') =>
      client.PUT('/v1/admin/modules/{name}/breaker', { params: { path: { name: 'agents' } }, body: { state } });
    if (!system.redis) {
      expect((await set('isolated')).error).toMatchObject({ status: 422, code: 'monitoring.no_breaker' });
      return;
    }
    const { processes } = await from(set('isolated'));
    expect(new Set(processes.map(({ breaker }) => breaker))).toEqual(new Set(['isolated']));
    await from(set('closed'));
  });

  it('turns a flag, and is told what a user gets by it and why', async () => {
    const key = 'greeting';
    const flag = { key, kind: 'string', enabled: true, variants: { hello: 'Hello!', none: '' } } as const;
    const body = { ...flag, offVariant: 'none', defaultVariant: 'hello' };
    const created = await client.POST('/v1/admin/flags', { body });
    expect(await from(Promise.resolve(created))).toMatchObject({ key, version: 1 });
    const params = { path: { key }, header: { 'If-Match': created.response.headers.get('etag')! } };
    await from(client.PATCH('/v1/admin/flags/{key}', { params, body: { enabled: false } }));
    const late = await client.PATCH('/v1/admin/flags/{key}', { params, body: { enabled: true } });
    expect(late.error).toMatchObject({ status: 412 });
    const asked = { params: { path: { key } }, body: { targetingKey: somebody } };
    expect(await from(client.POST('/v1/admin/flags/{key}/evaluation', asked))).toMatchObject({
      value: '',
      cause: 'kill_switch',
    });
  });

  it('locks a user out and lets them in again, and finds both in the audit log', async () => {
    const path = { id: somebody };
    const locked = { params: { path }, body: { reason: 'Reported as taken over.' } };
    expect(await from(client.POST('/v1/admin/users/{id}/lock', locked))).toMatchObject({
      lockReason: 'Reported as taken over.',
    });
    const query = { locked: true };
    const { items } = await from(client.GET('/v1/admin/users', { params: { query } }));
    expect(items.map(({ id }) => id)).toEqual([somebody]);
    await from(client.POST('/v1/admin/users/{id}/unlock', { params: { path } }));
    const resource = `gateway.user ${somebody}`;
    await vi.waitFor(
      async () => {
        const found = await from(client.GET('/v1/admin/audit', { params: { query: { resource } } }));
        expect(found.items.map(({ action }) => action)).toEqual(['unlock', 'lock']);
      },
      { timeout: 10_000, interval: 50 },
    );
  });

  it('sees at once what other operators do', async () => {
    const stop = new AbortController();
    const stream = await from(client.GET('/v1/admin/events', { parseAs: 'stream', signal: stop.signal }));
    const id = await leaveDeadLetter();
    await client.DELETE('/v1/admin/dead-letters/{id}', { params: { path: { id } } });
    let text = '';
    for await (const chunk of stream!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes(id)) break;
    }
    expect(text).toMatch(/^retry: \d+$/m);
    expect(text).toMatch(/^id: \d+\nevent: operator.acted\ndata: \{.*"action":"discard".*\}$/m);
    stop.abort();
  });

  describeClosingAudit(() => system);
});
