import { type KeptSpans, KeptSpanQueue } from './kept-spans.js';
import type { RecordedSpan } from './recorded-span.js';
import { Sample } from './sampling.js';
import { SpanCounters } from './span-counters.js';

const span = (traceId: string): RecordedSpan => ({
  traceId,
  spanId: '0'.repeat(16),
  root: true,
  name: 'GET /v1/offers',
  kind: 'server',
  startedAt: 0,
  durationMs: 1,
  failed: false,
  attributes: {},
  links: [],
});
const traces = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, at) =>
    span(`${prefix}${Math.imul(at, 0x9e3779b1).toString(16).slice(-8).padStart(8, '0')}`),
  );

function queue() {
  const counters = new SpanCounters();
  const isProblem = (traceId: string) => traceId.startsWith('problem');
  const waiting = new KeptSpanQueue(isProblem, new Sample(1), counters);
  const fetch = () => JSON.parse(waiting.fetch()) as KeptSpans;
  const fetchAll = () => {
    const all: RecordedSpan[] = [];
    for (let more = true; more;) {
      const part = fetch();
      all.push(...part.spans);
      ({ more } = part);
    }
    return all;
  };
  return { counters, take: waiting.take, fetch, fetchAll };
}

describe('the spans that wait for whoever stores them', () => {
  it('leave once, in parts, those of problems first', () => {
    const { take, fetch, fetchAll } = queue();
    take(traces(600, 'sample'));
    take(traces(10, 'problem'));
    const first = fetch();
    expect(first).toMatchObject({ more: true, spans: { length: 500 }, problems: { length: 10 } });
    expect(first.spans.slice(0, 10).every(({ traceId }) => traceId.startsWith('problem'))).toBe(true);
    expect(fetchAll()).toHaveLength(110);
    expect(fetchAll()).toEqual([]);
  });

  it('when nobody comes, have an end: of problems the latest stay, and the rest is counted', () => {
    const { take, fetchAll, counters } = queue();
    const all = traces(6_000, 'problem');
    for (let at = 0; at < all.length; at += 1_000) take(all.slice(at, at + 1_000));
    expect(fetchAll()).toEqual(all.slice(-2_500));
    expect(counters.dropped.store_queue).toBe(3_500);
  });

  it('of a sample that is too large are fewer, and those the same in two processes of unequal load', () => {
    const [busy, idle] = [queue(), queue()];
    const all = traces(12_000, 'sample');
    busy.take(all);
    idle.take(all.slice(0, 1_000));
    idle.take(all.slice(4_000, 4_100));
    const left = new Set(busy.fetchAll().map(({ traceId }) => traceId));
    const scarce = [...left].slice(1_250);
    expect(scarce.length).toBeGreaterThan(300);
    const ofIdle = new Set(idle.fetchAll().map(({ traceId }) => traceId));
    // Those that the busy one has of the time in which it was, the idle one has, too.
    const both = all.slice(4_000, 4_100).filter(({ traceId }) => left.has(traceId));
    expect(both.length).toBeGreaterThan(0);
    expect(both.every(({ traceId }) => ofIdle.has(traceId))).toBe(true);
  });

  it('never outgrow a frame of the transport', () => {
    const { take, fetch } = queue();
    take(traces(500, 'problem').map((each) => ({ ...each, attributes: { stack: 'x'.repeat(12_000) } })));
    expect(JSON.stringify(fetch()).length).toBeLessThan(2_000_000);
  });
});
