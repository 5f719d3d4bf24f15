import { Distribution, Overloaded } from '@aitbc/modulith';
import { FlagProvider, type LimitName } from '@aitbc/platform';
import { limitFlag } from '@aitbc/platform/testing/limit-flag.js';
import { QueryBus } from '@nestjs/cqrs';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Authenticate } from '../../src/gateway/contract/index.js';
import { LiveWorld, type LiveProcess, type Somebody } from './live-world.js';

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
/** Of what is read and asked for streams, in whichever process. */
const spansOfStreams = () => exporter.getFinishedSpans().filter(({ name }) => /ReadFeed|Authenticate/.test(name));

const ACCESS_TOKEN_SECONDS = 15 * 60;
const within = { timeout: 10_000, interval: 10 };

describe('live updates', () => {
  const world = new LiveWorld();
  let system: LiveProcess;
  let ada: Somebody;
  let bob: Somebody;
  let admin: Somebody;
  beforeAll(async () => {
    system = await world.start(['gateway', 'monitoring'], { heartbeatMs: 60 });
    [ada, bob, admin] = await Promise.all([system.register('ada'), system.register('bob'), system.admin()]);
  });
  afterAll(() => world.close());
  afterEach(async () => {
    await vi.waitFor(async () => expect(await system.metric('live_streams_open{audience="users"}')).toBe(0), within);
    await vi.waitFor(
      async () => expect(await system.metric('live_streams_open{audience="operators"}')).toBe(0),
      within,
    );
  });

  let revision = 0;
  const limit = (most: Partial<Record<LimitName, number>>) => {
    const flags = Object.entries(most).map(([name, value]) => limitFlag(name as LimitName, value));
    system.app.get(FlagProvider).replace(flags, (revision += 1));
  };
  afterEach(() => limit({}));

  const newestSequence = async () =>
    (await system.rows<{ newest: number }>('SELECT MAX(sequence) AS newest FROM monitoring_feed'))[0]!.newest;

  it('tell each user of what is theirs, in order, and of nobody else', async () => {
    const [of, other] = await Promise.all([system.listen(ada), system.listen(bob)]);
    expect(of.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String) as string,
    });
    for (let n = 0; n < 50; n++) await system.tell(n % 5 === 4 ? bob.id : ada.id, 'job.queued', { n });
    const told = (await of.until(40)).map(({ data }) => data as { at: string; data: { n: number } });
    expect(told.map(({ data }) => data.n)).toEqual(Array.from({ length: 50 }, (_, n) => n).filter((n) => n % 5 !== 4));
    expect(told[0]).toEqual({ type: 'job.queued', at: '2026-05-01T12:00:00.000Z', traceId: null, data: { n: 0 } });
    expect((await other.until(10)).map(({ data }) => (data as { data: { n: number } }).data.n)).toEqual(
      Array.from({ length: 10 }, (_, n) => n * 5 + 4),
    );
    of.leave();
    other.leave();
  });

  it('tell operators what is for them, and no user', async () => {
    const [operator, user] = await Promise.all([system.listen(admin, '/v1/admin/events'), system.listen(ada)]);
    await system.tell('operators', 'booking.disputed', { bookingId: 'b' });
    await system.tell(ada.id, 'booking.disputed', { bookingId: 'b' });
    await Promise.all([operator.until(1), user.until(1)]);
    expect([operator.types, user.types]).toEqual([['booking.disputed'], ['booking.disputed']]);
    operator.leave();
    user.leave();
    const refused = await system.listen(ada, '/v1/admin/events');
    expect([refused.status, (await refused.problem()).code]).toEqual([403, 'forbidden']);
    const nobody = await system.listen(undefined);
    expect([nobody.status, (await nobody.problem()).code]).toEqual([401, 'unauthenticated']);
  });

  it('go on after the last event that the client has', async () => {
    const before = await system.listen(ada);
    await system.tell(ada.id, 'one');
    const [one] = await before.until(1);
    before.leave();
    for (const type of ['two', 'three']) await system.tell(ada.id, type);
    await system.tell(bob.id, 'not.hers');
    const byHeader = await system.listen(ada, '/v1/events', { lastEventId: one!.id });
    const byQuery = await system.listen(ada, `/v1/events?lastEventId=${one!.id}`);
    await system.tell(ada.id, 'four');
    for (const stream of [byHeader, byQuery]) {
      await stream.until(3);
      expect(stream.types).toEqual(['two', 'three', 'four']);
      stream.leave();
    }
  });

  it('begin with what is new for whoever names no event, and go on from there', async () => {
    await system.tell(ada.id, 'before');
    const first = await system.listen(ada);
    await vi.waitFor(() => expect(first.lastEventId).not.toBe(''), within);
    first.leave();
    await system.tell(ada.id, 'meanwhile');
    const second = await system.listen(ada, '/v1/events', { lastEventId: first.lastEventId });
    await second.until(1);
    expect(second.types).toEqual(['meanwhile']);
    second.leave();
  });

  it('say how far a client is that is seldom told anything', async () => {
    const stream = await system.listen(ada);
    for (let n = 0; n < 3; n++) await system.tell(bob.id, 'not.hers');
    const newest = await newestSequence();
    await vi.waitFor(() => expect(Number(stream.lastEventId)).toBe(newest), within);
    expect(stream.comments).toBeGreaterThan(0);
    expect(stream.events).toEqual([]);
    stream.leave();
  });

  it('fill no traces while they are open', async () => {
    const stream = await system.listen(ada);
    exporter.reset();
    const before = stream.comments;
    await system.tell(ada.id, 'told');
    await stream.until(1);
    await vi.waitFor(() => expect(stream.comments).toBeGreaterThan(before + 3), within);
    expect(spansOfStreams()).toEqual([]);
    stream.leave();
  });

  it('bring within moments what nobody was woken for', async () => {
    const stream = await system.listen(ada);
    await vi.waitFor(() => expect(stream.lastEventId).not.toBe(''), within);
    await system.change(
      `INSERT INTO monitoring_feed (audience, type, data, at) VALUES ('${ada.id}', 'unannounced', '{}', 0)`,
    );
    await stream.until(1);
    expect(stream.types).toEqual(['unannounced']);
    stream.leave();
  });

  it('say first that something is missing, when the client comes from before what is kept', async () => {
    await system.tell(ada.id, 'forgotten');
    await system.tell(ada.id, 'kept');
    const newest = await newestSequence();
    await system.change(`DELETE FROM monitoring_feed WHERE sequence < ${newest}`);
    for (const [lastEventId, expected] of [
      [newest - 1, ['kept', 'more']],
      [newest - 2, ['reset', 'kept', 'more']],
      // As after the feed's database was restored.
      [newest + 1_000, ['reset', 'more']],
    ] as const) {
      const stream = await system.listen(ada, '/v1/events', { lastEventId: String(lastEventId) });
      if (expected.length > 1) await stream.until(expected.length - 1);
      await system.tell(ada.id, 'more');
      await stream.until(expected.length);
      expect(stream.types).toEqual(expected);
      stream.leave();
      await system.change(`DELETE FROM monitoring_feed WHERE sequence > ${newest}`);
    }
  });

  it('refuse a point to go on from that is none, and name it', async () => {
    const header = await system.listen(ada, '/v1/events', { lastEventId: 'yesterday' });
    expect(header.status).toBe(400);
    expect((await header.problem()).errors).toMatchObject([{ field: 'Last-Event-ID' }]);
    const query = await system.listen(ada, '/v1/events?lastEventId=-1');
    expect((await query.problem()).errors).toMatchObject([{ field: 'lastEventId' }]);
  });

  it('answer HEAD without a stream', async () => {
    const response = await system.fetch('/v1/events', {
      method: 'HEAD',
      headers: { authorization: `Bearer ${ada.token}` },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
  });

  it('are so many for a user and so many in all, and users cannot take the operators’ places', async () => {
    limit({ 'streams-per-user': 3, 'streams-of-users': 5, 'streams-of-operators': 1 });
    const asked = await Promise.all(Array.from({ length: 8 }, () => system.listen(ada)));
    const open = asked.filter(({ status }) => status === 200);
    expect(open).toHaveLength(3);
    for (const each of asked.filter(({ status }) => status !== 200)) {
      expect(await each.problem()).toMatchObject({
        status: 429,
        code: 'monitoring.too_many_streams',
        details: { limit: 'streams-per-user', most: 3 },
      });
    }
    open.push(...(await Promise.all([1, 2].map(() => system.listen(bob)))));
    const full = await system.listen(bob);
    expect([full.status, (await full.problem()).code]).toEqual([503, 'monitoring.no_stream_free']);
    expect(Number(full.response.headers['retry-after'])).toBeGreaterThan(0);
    const operator = await system.listen(admin, '/v1/admin/events');
    expect(operator.status).toBe(200);
    open.push(operator);
    expect(await system.metric('live_streams_open{audience="users"}')).toBe(5);
    open.forEach((each) => each.leave());
    await vi.waitFor(async () => expect(await system.metric('live_streams_open{audience="users"}')).toBe(0), within);
    const again = await system.listen(ada);
    expect(again.status).toBe(200);
    again.leave();
  });

  it('are so many for all users of a network, whose operators have their own', async () => {
    limit({ 'streams-per-network': 2 });
    const open = await Promise.all([ada, bob].map((each) => system.listen(each)));
    const oneMore = await system.listen(bob);
    expect(await oneMore.problem()).toMatchObject({
      status: 429,
      code: 'monitoring.too_many_streams',
      details: { limit: 'streams-per-network', most: 2 },
    });
    open.push(await system.listen(admin, '/v1/admin/events'));
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200]);
    open.forEach((each) => each.leave());
  });

  it('are broken off for a client that does not read, and go on for the others', async () => {
    const slowBefore = await system.metric('live_streams_ended_total{reason="slow"}');
    const asleep = await system.listen(ada, '/v1/events', { isAsleep: true });
    const awake = await system.listen(ada);
    // More than any socket takes before somebody reads.
    const values = Array.from({ length: 100 }, () => `('${ada.id}', 'bulk', '{"text":"${'x'.repeat(4_000)}"}', 0)`);
    for (let batch = 0; batch < 30; batch++) {
      await system.change(`INSERT INTO monitoring_feed (audience, type, data, at) VALUES ${values.join(', ')}`);
    }
    await awake.until(3_000);
    await vi.waitFor(
      async () => expect(await system.metric('live_streams_ended_total{reason="slow"}')).toBe(slowBefore + 1),
      within,
    );
    await system.tell(ada.id, 'later');
    await awake.until(3_001);
    awake.leave();
    asleep.leave();
  }, 60_000);

  it('end when the account of their user is locked', async () => {
    const eve = await system.register('eve');
    const stream = await system.listen(eve);
    const locked = await system.fetch(`/v1/admin/users/${eve.id}/lock`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'taken over' }),
    });
    expect(locked.status).toBe(200);
    await stream.ended;
    expect(stream.events.at(-1)).toMatchObject({ event: 'end', data: { reason: 'expired' } });
  });

  it('end with the access token that opened them', async () => {
    const stream = await system.listen(ada);
    world.clock.advance((ACCESS_TOKEN_SECONDS - 10) * 1_000);
    await system.tell(ada.id, 'still.there');
    await stream.until(1);
    world.clock.advance(10_000);
    await stream.ended;
    expect(stream.events.at(-1)).toMatchObject({ event: 'end', data: { reason: 'expired' } });
  });

  it.each([
    ['with the access token that opened them, though nobody says that it has', 'expired', () => new Promise(() => {})],
    [
      'when it stays unknown whether their user is still let in',
      'unconfirmed',
      () => Promise.reject(new Overloaded('gateway')),
    ],
  ])('end %s', async (_when, reason, answer) => {
    const eve = await system.signIn('bob');
    const stream = await system.listen(eve);
    const queries = system.app.get(QueryBus);
    const execute = queries.execute.bind(queries);
    const spy = vi
      .spyOn(queries, 'execute')
      .mockImplementation((query) => (query instanceof Authenticate ? (answer() as never) : execute(query)));
    if (reason === 'expired') world.clock.advance(ACCESS_TOKEN_SECONDS * 1_000);
    await stream.ended;
    spy.mockRestore();
    expect(stream.events.at(-1)).toMatchObject({ event: 'end', data: { reason } });
  });
});

describe('live updates of a system that restarts', () => {
  it('end quickly when it stops, and go on where they were when it is back', async () => {
    const world = new LiveWorld();
    try {
      let system = await world.start(['gateway', 'monitoring']);
      const ada = await system.register('ada');
      const stream = await system.listen(ada);
      await system.tell(ada.id, 'one');
      const [one] = await stream.until(1);
      const started = Date.now();
      const stopping = system.stop();
      await stream.ended;
      await stopping;
      expect(Date.now() - started).toBeLessThan(3_000);
      expect(stream.events.at(-1)).toMatchObject({ event: 'end', data: { reason: 'draining' } });

      system = await world.start(['gateway', 'monitoring']);
      await system.tell(ada.id, 'two');
      const again = await system.listen(ada, '/v1/events', { lastEventId: one!.id });
      await again.until(1);
      expect(again.types).toEqual(['two']);
      again.leave();
    } finally {
      await world.close();
    }
  }, 60_000);
});

describe('live updates over two gateways, with monitoring elsewhere', () => {
  const world = new LiveWorld();
  const redisUrl = process.env['REDIS_TEST_URL']!;
  let monitoring: LiveProcess;
  let gateways: LiveProcess[];
  let ada: Somebody;
  beforeAll(async () => {
    monitoring = await world.start(['monitoring'], { redisUrl });
    gateways = [await world.start(['gateway'], { redisUrl }), await world.start(['gateway'], { redisUrl })];
    ada = await gateways[0]!.register('ada');
    await acquainted();
  }, 60_000);
  afterAll(() => world.close());

  const acquainted = () =>
    vi.waitFor(() => {
      for (const { app } of gateways) expect(app.get(Distribution).hosting('monitoring')).toHaveLength(1);
    }, within);

  it('reach the client at either, and go on at the other', async () => {
    const [at0, at1] = await Promise.all(gateways.map((each) => each.listen(ada)));
    await Promise.all([at0!, at1!].map((each) => vi.waitFor(() => expect(each.lastEventId).not.toBe(''), within)));
    exporter.reset();
    await monitoring.tell(ada.id, 'one');
    const [one] = await at0!.until(1);
    expect(await at1!.until(1)).toEqual([one]);
    expect(spansOfStreams()).toEqual([]);
    at0!.leave();
    await monitoring.tell(ada.id, 'two');
    const moved = await gateways[1]!.listen(ada, '/v1/events', { lastEventId: one!.id });
    await moved.until(1);
    expect(moved.types).toEqual(['two']);
    moved.leave();
    at1!.leave();
  });

  it('stay open while monitoring is away, and catch up when it is back', async () => {
    const stream = await gateways[0]!.listen(ada);
    await vi.waitFor(() => expect(stream.lastEventId).not.toBe(''), within);
    await monitoring.stop();
    const blind = await gateways[1]!.listen(ada);
    expect(blind.status).toBe(200);
    monitoring = await world.start(['monitoring'], { redisUrl });
    await monitoring.tell(ada.id, 'back');
    await stream.until(1);
    expect(stream.types).toEqual(['back']);
    // What happened before its beginning was known, nobody can tell it.
    await blind.until(1);
    expect(blind.types[0]).toBe('reset');
    await monitoring.tell(ada.id, 'again');
    await vi.waitFor(() => expect(blind.types.at(-1)).toBe('again'), within);
    stream.leave();
    blind.leave();
  }, 60_000);
});
