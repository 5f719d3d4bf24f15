import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { RecentTraces } from './recent-traces.js';
import { WAITS } from './recorded-span.js';
import { Sample, type Sampling } from './sampling.js';

/** Milliseconds; small numbers are taken for `performance.now()`. */
const NOON = Date.UTC(2026, 0, 31, 12);

/** A process that records spans, and what left it. */
function process(sampling?: Sampling, capacity?: number) {
  const recent = new RecentTraces(capacity, sampling);
  const left: string[] = [];
  const told: string[] = [];
  recent.addSink((spans) => left.push(...spans.map(({ name }) => name)));
  recent.onKept((ids) => told.push(...ids));
  const tracer = new BasicTracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [recent] }).getTracer(
    'test',
  );
  return { recent, left, told, tracer };
}

type Process = ReturnType<typeof process>;

function record({ tracer }: Process, names: string[], end: (root: Span) => void = () => undefined) {
  const root = tracer.startSpan('root', { startTime: NOON });
  names.forEach((name, at) => child(root, name, tracer, at));
  end(root);
  root.end(NOON + 100);
  return root.spanContext().traceId;
}

function child(root: Span, name: string, tracer: Process['tracer'], at = 0): Span {
  const span = tracer.startSpan(
    name,
    { startTime: NOON + 1 + at },
    trace.setSpanContext(ROOT_CONTEXT, root.spanContext()),
  );
  span.end(NOON + 2 + at);
  return span;
}

const fail = (span: Span) => void span.setStatus({ code: SpanStatusCode.ERROR });
const NOTHING: Sampling = { ratio: 0, slowMs: 1_000 };

describe('the last traces', () => {
  it('show the spans of one trace in the order of their start', () => {
    const here = process();
    record(here, ['other']);
    const traceId = record(here, ['a', 'b']);
    expect(here.recent.find(traceId).map((span) => span.name)).toEqual(['root', 'a', 'b']);
  });

  it('forget the oldest spans when there are too many', () => {
    const here = process(undefined, 3);
    const old = record(here, ['a', 'b']);
    const young = record(here, ['c']);
    expect(here.recent.find(old).map((span) => span.name)).toEqual(['root']);
    expect(here.recent.find(young)).toHaveLength(2);
  });
});

describe('a trace', () => {
  it('in the sample leaves with the next pass, each span once', () => {
    const here = process({ ratio: 1, slowMs: 1_000 });
    record(here, ['a']);
    expect(here.left).toEqual([]);
    here.recent.pass();
    record(here, ['b']);
    here.recent.pass();
    here.recent.pass();
    expect(here.left).toEqual(['a', 'root', 'b', 'root']);
    // Others decide the same by the id.
    expect(here.told).toEqual([]);
  });

  it('outside the sample stays, and what made room for others is counted', () => {
    const here = process(NOTHING, 4);
    record(here, ['a', 'b']);
    record(here, ['c', 'd']);
    here.recent.pass();
    expect(here.left).toEqual([]);
    expect(here.recent.counters.sampledOut).toBe(2);
  });

  it('that fails is kept with what went before, and the others are told once', () => {
    const here = process(NOTHING);
    record(here, ['before']);
    const traceId = record(here, ['a', 'b'], fail);
    here.recent.pass();
    expect(here.left).toEqual(['a', 'b', 'root']);
    expect(here.told).toEqual([traceId]);
    expect(here.recent.counters.problems).toEqual({ failed: 1, slow: 0 });
  });

  it('of which a span fails is kept, though its root is elsewhere', () => {
    const here = process(NOTHING);
    const elsewhere = process(NOTHING);
    const root = elsewhere.tracer.startSpan('root', { startTime: NOON });
    const failed = here.tracer.startSpan('a', {}, trace.setSpanContext(ROOT_CONTEXT, root.spanContext()));
    fail(failed);
    failed.end();
    root.end(NOON + 1);
    here.recent.pass();
    elsewhere.recent.keep(here.told);
    elsewhere.recent.pass();
    expect([here.left, elsewhere.left]).toEqual([['a'], ['root']]);
    // It is not told back and forth.
    expect(elsewhere.told).toEqual([]);
  });

  it('that is slow is kept; what is slow inside it, or waits on purpose, is no reason', () => {
    const here = process({ ratio: 0, slowMs: 100 });
    const slow = record(here, ['a']);
    const fast = here.tracer.startSpan('fast', { startTime: NOON });
    here.tracer
      .startSpan('inside', { startTime: NOON }, trace.setSpanContext(ROOT_CONTEXT, fast.spanContext()))
      .end(NOON + 9_000);
    fast.end(NOON + 1);
    record(here, ['long poll'], (root) => void root.setAttribute(WAITS, true));
    here.recent.pass();
    expect(here.left).toEqual(['a', 'root']);
    expect(here.told).toEqual([slow]);
  });

  it('that a caller outside began has its root here', () => {
    const here = process({ ratio: 0, slowMs: 100 });
    const caller = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0, isRemote: true };
    const options = { kind: SpanKind.SERVER, startTime: NOON };
    here.tracer.startSpan('request', options, trace.setSpanContext(ROOT_CONTEXT, caller)).end(NOON + 2_000);
    here.recent.pass();
    expect(here.left).toEqual(['request']);
  });

  it('that is kept stays kept: what happens in it later leaves, too', () => {
    const here = process(NOTHING);
    const root = here.tracer.startSpan('root');
    fail(root);
    root.end();
    here.recent.pass();
    child(root, 'later', here.tracer);
    here.recent.pass();
    expect(here.left).toEqual(['root', 'later']);
  });

  it('of a storm leaves before it is overwritten', () => {
    const here = process({ ratio: 1, slowMs: 1_000 }, 10);
    for (let at = 0; at < 100; at++) record(here, [`${at}`]);
    here.recent.pass();
    expect(here.left).toHaveLength(200);
  });
});

describe('the sample', () => {
  const { tracer } = process();
  // As random as the ids of the library.
  const ids = Array.from({ length: 4_000 }, (_, at) => tracer.startSpan(`${at}`).spanContext().traceId);
  const among = (given: readonly string[], sample: Sample, part?: number) => given.filter((id) => sample.has(id, part));

  it('is a share of all ids, the same in every process, and a greater one has all of a smaller one', () => {
    const tenth = among(ids, new Sample(0.1, 'secret'));
    expect(tenth.length).toBeGreaterThan(300);
    expect(tenth.length).toBeLessThan(500);
    expect(among(ids.toReversed(), new Sample(0.1, 'secret')).toReversed()).toEqual(tenth);
    expect(among(ids, new Sample(0.2, 'secret'), 0.5)).toEqual(tenth);
    expect(among(tenth, new Sample(0.5, 'secret'))).toEqual(tenth);
    expect(among(ids, new Sample(0, 'secret'))).toEqual([]);
    expect(among(ids, new Sample(1, 'secret'))).toEqual(ids);
  });

  it('is not for callers to choose, who know the id and not the secret', () => {
    const chosen = ids.map((id) => id.slice(0, -8) + '0'.repeat(8));
    const here = among(chosen, new Sample(0.1, 'secret'));
    expect(here.length).toBeGreaterThan(300);
    expect(here.length).toBeLessThan(500);
    const elsewhere = among(here, new Sample(0.1, 'another secret'));
    expect(elsewhere.length).toBeLessThan(here.length / 4);
  });

  it('is that of the secret in what a process hands on', () => {
    const here = process({ ratio: 0.5, slowMs: 1_000, secret: 'secret' });
    const made = Array.from({ length: 200 }, (_, at) => ({ name: `${at}`, id: recordOne(here, `${at}`) }));
    here.recent.pass();
    const sample = new Sample(0.5, 'secret');
    expect(here.left).toEqual(made.filter(({ id }) => sample.has(id)).map(({ name }) => name));
  });

  function recordOne({ tracer }: Process, name: string): string {
    const span = tracer.startSpan(name, { startTime: NOON });
    span.end(NOON + 1);
    return span.spanContext().traceId;
  }
});
