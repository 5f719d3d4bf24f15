import { setTimeout as delay } from 'node:timers/promises';
import { SpanKind, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { startTracing, type Tracing } from '@aitbc/platform';
import type { RecordedSpan } from '../../libs/platform/src/telemetry/recorded-span.js';
import { SpanCounters } from '../../libs/platform/src/telemetry/span-counters.js';
import { SpanExport } from '../../libs/platform/src/telemetry/span-export.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';

const spans = (count: number): RecordedSpan[] =>
  Array.from({ length: count }, (_, at) => ({
    traceId: 'a'.repeat(32),
    spanId: at.toString(16).padStart(16, '0'),
    root: true,
    name: `span ${at}`,
    kind: 'internal',
    startedAt: Date.UTC(2026, 0, 31) + at,
    durationMs: 1.5,
    failed: false,
    attributes: {},
    links: [],
  }));

describe('spans that are sent to a receiver over OTLP', () => {
  let receiver: OtlpReceiver;
  let tracing: Tracing | undefined;

  beforeEach(async () => {
    receiver = await OtlpReceiver.start();
  });
  afterEach(async () => {
    await tracing?.stop();
    await receiver.stop();
  });

  const exporting = (timeoutMs = 200) => {
    const counters = new SpanCounters();
    return {
      counters,
      out: new SpanExport(`${receiver.url}/v1/traces`, () => resourceFromAttributes({}), counters, timeoutMs),
    };
  };

  it('arrive as they were, with what the receiver must know of the process', async () => {
    trace.disable();
    tracing = startTracing({
      serviceName: 'aitbc',
      serviceVersion: '1.2.3',
      environment: 'production',
      otlpEndpoint: receiver.url,
      sampling: { ratio: 0, slowMs: 100 },
    });
    tracing.nameProcess('gpu-1-4711-9f2c1a');
    const linked = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 1 };
    const started = Date.UTC(2026, 0, 31, 12);
    const span = trace.getTracer('test').startSpan('GET /v1/offers/:id', {
      kind: SpanKind.SERVER,
      startTime: started,
      attributes: { 'http.route': '/v1/offers/:id', 'http.response.status_code': 200, share: 0.5, cached: true },
      links: [{ context: linked }],
    });
    span.end(started + 250);
    trace.getTracer('test').startSpan('of a fast trace outside the sample').end();
    await tracing.stop();
    expect(receiver.spans).toEqual([
      {
        ...span.spanContext(),
        traceFlags: undefined,
        traceState: undefined,
        parentSpanId: '',
        name: 'GET /v1/offers/:id',
        kind: 'server',
        startedAt: BigInt(started) * 1_000_000n,
        endedAt: BigInt(started + 250) * 1_000_000n,
        attributes: { 'http.route': '/v1/offers/:id', 'http.response.status_code': 200, share: 0.5, cached: true },
        links: [linked.traceId],
        failed: false,
        resource: expect.objectContaining({
          'service.name': 'aitbc',
          'service.version': '1.2.3',
          'service.instance.id': 'gpu-1-4711-9f2c1a',
          'deployment.environment.name': 'production',
          'telemetry.sdk.language': 'nodejs',
        }),
      },
    ]);
  });

  it('are not kept for ever when it answers nothing: the queue has an end, and what is lost is counted', async () => {
    receiver.become('hang');
    const { out, counters } = exporting();
    for (let burst = 0; burst < 20; burst++) out.take(spans(1_000));
    // One request at a time, and what does not fit is dropped at once.
    expect(counters.dropped.export_queue).toBeGreaterThan(15_000);
    await vi.waitFor(() => expect(counters.dropped.export_failed).toBeGreaterThan(0), 10_000);
    expect(receiver.requests).toBeLessThan(5);
    const started = performance.now();
    await out.stop();
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('are given up when it refuses or is away, and those that come later arrive', async () => {
    receiver.become('refuse');
    const { out, counters } = exporting(2_000);
    out.take(spans(10));
    await vi.waitFor(() => expect(counters.dropped.export_failed).toBe(10), 10_000);
    receiver.become('accept');
    out.take(spans(600));
    await vi.waitFor(() => expect(counters.exported).toBe(600), 10_000);
    expect(receiver.spans).toHaveLength(600);
    await out.stop();
  });

  it('that nobody listens to fail without anybody noticing', async () => {
    const counters = new SpanCounters();
    const out = new SpanExport('http://127.0.0.1:1/v1/traces', () => resourceFromAttributes({}), counters, 200);
    out.take(spans(3));
    await delay(0);
    await vi.waitFor(() => expect(counters.dropped.export_failed).toBe(3), 10_000);
    await out.stop();
  });
});
