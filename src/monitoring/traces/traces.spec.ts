import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AppConfig, FixedClock, Page, PlatformModule, ProbesModule, RecentTraces } from '@aitbc/platform';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { agentsContract } from '../../agents/contract/index.js';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import { marketplaceContract } from '../../marketplace/contract/index.js';
import { walletContract } from '../../wallet/contract/index.js';
import { GetTrace, ListTraces, monitoringContract, TraceSummaryView, TraceView } from '../contract/index.js';
import { MonitoringModule } from '../monitoring.module.js';
import { CollectTraces } from './collect-traces.js';
import { TraceStore } from './trace-store.js';

const NOON = Date.UTC(2026, 0, 31, 12);
const BOOKING = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const contracts = [
  agentsContract,
  blockchainContract,
  gatewayContract,
  marketplaceContract,
  walletContract,
  monitoringContract,
];

describeEachDatabase('an operator who looks for a trace', (url) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'monitoring-'));
  const recent = new RecentTraces(200, { ratio: 0, slowMs: 500 });
  const tracer = new BasicTracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [recent] }).getTracer(
    'test',
  );
  const clock = new FixedClock(new Date(NOON));
  const config = new AppConfig({ NODE_ENV: 'test', DATA_DIR: dataDir });
  let app: Scenario;

  beforeAll(async () => {
    app = await Scenario.start({
      modules: [MonitoringModule],
      contracts,
      databaseUrl: url(),
      imports: [PlatformModule.forRoot(config, clock, recent), ProbesModule],
      placement: 'monolith',
    });
  });
  afterAll(async () => {
    await app?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => app.get(TraceStore).prune(clock.now(), { traces: 0, spans: 0, milliseconds: 0 }));

  interface Request {
    route?: string;
    /** Milliseconds after noon. */
    at?: number;
    tookMs?: number;
    failed?: boolean;
    booking?: string;
  }

  /** A request with a command inside; stored if it is kept. */
  async function request({ route = '/v1/offers', at = 0, tookMs = 600, failed = false, booking }: Request = {}) {
    const options = { kind: SpanKind.SERVER, startTime: NOON + at };
    const root = tracer.startSpan(`GET ${route}`, options);
    inside(root, 'command marketplace.BookOffer', at + 10, booking);
    if (failed) root.setStatus({ code: SpanStatusCode.ERROR });
    root.end(NOON + at + tookMs);
    await app.get(CollectTraces).collect();
    return root.spanContext().traceId;
  }

  function inside(root: Span, name: string, at: number, booking?: string): void {
    const attributes = booking ? { 'modulith.event.key': booking } : {};
    tracer
      .startSpan(name, { startTime: NOON + at, attributes }, trace.setSpanContext(ROOT_CONTEXT, root.spanContext()))
      .end(NOON + at + 20);
  }

  const list = (query: Partial<ListTraces> = {}) => app.ask<Page<TraceSummaryView>>(ListTraces.of(query));
  const idsOf = async (query: Partial<ListTraces>) => (await list(query)).items.map(({ traceId }) => traceId);
  const get = (traceId: string) => app.ask<TraceView>(GetTrace.of({ traceId }));

  it('finds what was slow and what failed, newest first, and nothing of the rest', async () => {
    const slow = await request({ at: 0 });
    await request({ at: 10, tookMs: 5 });
    const failed = await request({ at: 20, tookMs: 5, failed: true });
    const { items, nextCursor } = await list();
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      expect.objectContaining({ traceId: failed, status: 'error', durationMs: 5 }),
      {
        traceId: slow,
        name: 'GET /v1/offers',
        status: 'ok',
        startedAt: new Date(NOON),
        durationMs: 600,
        spreadMs: 600,
        spanCount: 2,
      },
    ]);
  });

  it('hides what the system does by itself, unless it is asked for', async () => {
    const asked = await request({ at: 0 });
    const own = tracer.startSpan('query blockchain.GetHead', { startTime: NOON + 100 });
    own.end(NOON + 900);
    await app.get(CollectTraces).collect();
    const { traceId } = own.spanContext();
    expect(await idsOf({})).toEqual([asked]);
    expect(await idsOf({ origin: 'all' })).toEqual([traceId, asked]);
    expect(await idsOf({ name: 'gethead' })).toEqual([traceId]);
  });

  it('searches by route, status, duration, time, and by what it is about', async () => {
    const booking = await request({ route: '/v1/bookings/:id', at: 0, tookMs: 700, booking: BOOKING });
    const failed = await request({ at: 1_000, failed: true });
    const slowest = await request({ at: 2_000, tookMs: 5_000 });
    expect(await idsOf({ name: 'BOOKINGS/:ID' })).toEqual([booking]);
    expect(await idsOf({ name: '%' })).toEqual([]);
    expect(await idsOf({ status: 'error' })).toEqual([failed]);
    expect(await idsOf({ status: 'ok' })).toEqual([slowest, booking]);
    expect(await idsOf({ minDurationMs: 700 })).toEqual([slowest, booking]);
    expect(await idsOf({ from: new Date(NOON + 1_000), to: new Date(NOON + 2_000) })).toEqual([failed]);
    expect(await idsOf({ about: BOOKING })).toEqual([booking]);
    expect(await idsOf({ about: BOOKING, status: 'error' })).toEqual([]);
  });

  it('turns the pages without missing one, those of the same instant included', async () => {
    const made: string[] = [];
    for (let at = 0; at < 7; at++) made.push(await request({ at: Math.floor(at / 3) * 1_000 }));
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Page<TraceSummaryView> = await list({ limit: 2, cursor });
      seen.push(...page.items.map(({ traceId }) => traceId));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(made));
  });

  it('is told which field of the search is wrong', async () => {
    const wrong = list({ from: new Date(Number.NaN), minDurationMs: -1, about: "x' OR 1=1" });
    const fields = await wrong.catch((error: { details: { errors: { field: string }[] } }) =>
      error.details.errors.map(({ field }) => field),
    );
    expect(fields).toEqual(expect.arrayContaining(['from', 'minDurationMs', 'about']));
  });

  it('sees it as a waterfall, stored or still in memory', async () => {
    const traceId = await request();
    const expected = [
      { name: 'GET /v1/offers', depth: 0, offsetMs: 0, selfMs: 580, durationMs: 600 },
      { name: 'command marketplace.BookOffer', depth: 1, offsetMs: 10, selfMs: 20, durationMs: 20 },
    ];
    const uneventful = await request({ tookMs: 30 });
    expect((await get(uneventful)).spans).toHaveLength(2);
    expect((await get(traceId)).spans).toMatchObject(expected);
    for (let at = 0; at < 100; at++) await request({ tookMs: 1 });
    const view = await get(traceId);
    expect(view).toMatchObject({ startedAt: new Date(NOON), durationMs: 600, spans: expected });
    expect(view.spans[0]?.process).not.toBe('');
    await expect(get(uneventful)).rejects.toMatchObject({ code: 'monitoring.trace_not_found' });
  });

  it('finds what happened later in the same trace', async () => {
    const root = tracer.startSpan('POST /v1/jobs', { kind: SpanKind.SERVER, startTime: NOON });
    root.end(NOON + 800);
    await app.get(CollectTraces).collect();
    inside(root, 'event agents.JobQueued', 60_000);
    await app.get(CollectTraces).collect();
    expect((await list()).items).toMatchObject([
      { name: 'POST /v1/jobs', durationMs: 800, spreadMs: 60_020, spanCount: 2 },
    ]);
  });

  it('does not find what is too old, or the oldest of too much', async () => {
    const traces: string[] = [];
    for (let at = 0; at < 5; at++) traces.push(await request({ at: at * 1_000 }));
    const store = app.get(TraceStore);
    const all = { traces: 100, spans: 100, milliseconds: 60_000 };
    await store.prune(clock.now(), { ...all, traces: 4 });
    expect(await idsOf({})).toEqual(traces.slice(1).toReversed());
    await store.prune(clock.now(), { ...all, spans: 6 });
    expect(await idsOf({})).toEqual(traces.slice(2).toReversed());
    await store.prune(new Date(NOON + 63_500), all);
    expect(await idsOf({})).toEqual(traces.slice(4));
    expect(await store.spansOf(traces[0]!)).toEqual([]);
  });

  it('does not find what the database did not take, which is counted, and finds what comes after', async () => {
    const store = app.get(TraceStore);
    const before = recent.counters.dropped.store_failed;
    vi.spyOn(store, 'add').mockRejectedValueOnce(new Error('database is away'));
    await expect(request()).rejects.toThrow('database is away');
    expect(recent.counters.dropped.store_failed - before).toBe(2);
    const after = await request();
    expect(await idsOf({})).toEqual([after]);
  });

  it('when errors storm, finds some of them, and the rest is counted', async () => {
    clock.advance(120_000);
    const before = recent.counters.dropped.store_limit;
    for (let burst = 0; burst < 5; burst++) {
      for (let at = 0; at < 90; at++) {
        const root = tracer.startSpan('GET /v1/broken', { kind: SpanKind.SERVER });
        root.setStatus({ code: SpanStatusCode.ERROR });
        root.end();
      }
      await app.get(CollectTraces).collect();
    }
    expect((await list({ limit: 100 })).items).toHaveLength(100);
    expect(recent.counters.dropped.store_limit - before).toBe(150);
  });
});
