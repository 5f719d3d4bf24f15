import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { Cluster } from '@aitbc/modulith/testing/cluster.js';
import { temporarySqlite } from '@aitbc/modulith/testing/temporary-databases.js';
import { AppConfig, PlatformModule, ProbesModule, RecentTraces, TraceAnswers } from '@aitbc/platform';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { register } from 'prom-client';
import { GetTrace, ListTraces, type TraceView } from '../../src/monitoring/contract/index.js';
import { modules } from '../../src/modules.js';
import { MonitoringModule } from '../../src/monitoring/monitoring.module.js';
import { CollectTraces } from '../../src/monitoring/traces/collect-traces.js';

/** What a process records. */
function recorder() {
  const recent = new RecentTraces(1_000, { ratio: 0, slowMs: 1_000 });
  const provider = new BasicTracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [recent] });
  return { recent, provider, tracer: provider.getTracer('test') };
}

const fail = (span: Span) => void span.setStatus({ code: SpanStatusCode.ERROR });

describe('a trace through several processes, outside the sample', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kept-traces-'));
  const config = new AppConfig({ NODE_ENV: 'test', DATA_DIR: dataDir });
  const database = temporarySqlite();
  const [front, back] = [recorder(), recorder()];
  let cluster: Cluster;
  let monitoring: Application;

  beforeAll(async () => {
    // What the kernel itself records in this process of the tests.
    trace.setGlobalTracerProvider(front.provider);
    cluster = new Cluster({
      contracts: modules.map(({ contract }) => contract),
      databaseUrl: database.url,
      redisUrl: process.env['REDIS_TEST_URL']!,
    });
    const imports = (recent: RecentTraces) => [PlatformModule.forRoot(config, undefined, recent), ProbesModule];
    monitoring = await cluster.start('front', [MonitoringModule], { imports: imports(front.recent) });
    await cluster.start('back', [], { imports: imports(back.recent) });
  });
  afterAll(async () => {
    await cluster?.close();
    database.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A request at the front that causes something at the back, where it may fail. */
  function request(end: (root: Span, inside: Span) => void): string {
    const root = front.tracer.startSpan('POST /v1/offers', { kind: SpanKind.SERVER });
    const caused = trace.setSpanContext(ROOT_CONTEXT, { ...root.spanContext(), isRemote: true });
    const inside = back.tracer.startSpan('command wallet.Pay', {}, caused);
    end(root, inside);
    inside.end();
    root.end();
    return root.spanContext().traceId;
  }

  /** What monitoring stores of a trace: here the processes' memory is left out. */
  async function stored(traceId: string): Promise<string[]> {
    front.recent.pass();
    back.recent.pass();
    await monitoring.get(CollectTraces).collect();
    vi.spyOn(monitoring.get(TraceAnswers), 'find').mockResolvedValueOnce([]);
    const view = await monitoring.ask<TraceView>(GetTrace.of({ traceId })).catch(() => undefined);
    return view?.spans.map(({ depth, name }) => `${'  '.repeat(depth)}${name}`) ?? [];
  }

  it.each([
    ['its request fails', (root: Span) => fail(root)],
    ['something that it caused fails elsewhere', (_root: Span, inside: Span) => fail(inside)],
  ])('is stored as a whole when %s', async (_what, end) => {
    const traceId = request(end);
    await vi.waitFor(
      async () => expect(await stored(traceId)).toEqual(['POST /v1/offers', '  command wallet.Pay']),
      10_000,
    );
    const view = await monitoring.ask<TraceView>(GetTrace.of({ traceId }));
    expect(new Set(view.spans.map((span) => span.process)).size).toBe(2);
  });

  it('is seen while it is in memory, and not stored when nothing happens in it', async () => {
    const traceId = request(() => undefined);
    const view = await monitoring.ask<TraceView>(GetTrace.of({ traceId }));
    expect(view.spans).toHaveLength(2);
    expect(await stored(traceId)).toEqual([]);
  });

  it('does not grow by being stored', async () => {
    await monitoring.ask(ListTraces.of({}));
    expect(front.recent.find(request(fail))).toHaveLength(1);
    const { ended } = front.recent.counters;
    await monitoring.get(CollectTraces).collect();
    expect(front.recent.counters.ended).toBe(ended);
  });

  it('when nobody comes for it, makes room, and what is lost is counted', async () => {
    const alone = recorder();
    await cluster.start('alone', [], {
      imports: [PlatformModule.forRoot(config, undefined, alone.recent), ProbesModule],
    });
    const root = alone.tracer.startSpan('POST /v1/offers');
    fail(root);
    root.end();
    const inside = trace.setSpanContext(ROOT_CONTEXT, root.spanContext());
    // No turn of the event loop meanwhile: nobody can come.
    for (let at = 0; at < 9_000; at++) alone.tracer.startSpan(`${at}`, {}, inside).end();
    alone.recent.pass();
    expect(alone.recent.counters.dropped.store_queue).toBe(9_001 - 2_500);
    expect(await register.metrics()).toContain('telemetry_spans_dropped_total{reason="store_queue"} 6501');
    await cluster.end('alone');
  });
});
