import type { RecordedSpan } from '@aitbc/platform';
import * as fc from 'fast-check';
import { waterfall } from './waterfall.js';

function span(spanId: string, parentSpanId: string | undefined, startedAt: number, durationMs: number): RecordedSpan {
  const root = parentSpanId === undefined;
  const what = { name: spanId, kind: 'internal', failed: false, attributes: {}, links: [] };
  return { traceId: 't', spanId, parentSpanId, root, startedAt, durationMs, ...what };
}

const drawn = (...spans: RecordedSpan[]) =>
  waterfall(spans).map(({ span: { spanId }, depth, offsetMs, selfMs }) => [spanId, depth, offsetMs, selfMs]);

describe('the waterfall of a trace', () => {
  it('puts each span behind the one that caused it, children by their start', () => {
    expect(
      drawn(
        span('second', 'root', 60, 10),
        span('root', undefined, 0, 100),
        span('inner', 'first', 20, 10),
        span('first', 'root', 10, 40),
      ),
    ).toEqual([
      ['root', 0, 0, 50],
      ['first', 1, 10, 30],
      ['inner', 2, 20, 10],
      ['second', 1, 60, 10],
    ]);
  });

  it('counts time once in which several children run, and none outside the parent', () => {
    const spans = [
      span('root', undefined, 100, 100),
      span('early', 'root', 90, 30),
      span('a', 'root', 110, 40),
      span('b', 'root', 130, 40),
      span('late', 'root', 190, 500),
    ];
    // From 100 to 170 and from 190 to 200 a child runs.
    expect(drawn(...spans)[0]).toEqual(['root', 0, 10, 20]);
  });

  it('shows a span at the top whose parent is not there', () => {
    expect(drawn(span('a', 'lost', 5, 1), span('b', 'a', 6, 1))).toEqual([
      ['a', 0, 0, 1],
      ['b', 1, 1, 1],
    ]);
  });

  it('has every span once, in its place, whatever parents are claimed', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    const times = fc.integer({ min: 0, max: 50 });
    const spans = fc.uniqueArray(
      fc.tuple(ids, fc.option(ids, { nil: undefined }), times, times).map((each) => span(...each)),
      { selector: ({ spanId }) => spanId },
    );
    fc.assert(
      fc.property(spans, (all) => {
        const placed = waterfall(all);
        expect(placed.map(({ span: { spanId } }) => spanId).toSorted()).toEqual(
          all.map(({ spanId }) => spanId).toSorted(),
        );
        for (const { span: each, depth, offsetMs, selfMs } of placed) {
          expect(depth).toBeGreaterThanOrEqual(0);
          expect(offsetMs).toBeGreaterThanOrEqual(0);
          expect(selfMs).toBeGreaterThanOrEqual(0);
          expect(selfMs).toBeLessThanOrEqual(each.durationMs);
        }
        placed.forEach(({ depth }, at) => expect(depth).toBeLessThanOrEqual(at === 0 ? 0 : placed[at - 1]!.depth + 1));
      }),
    );
  });

  it('is drawn of a chain as deep as a trace may be', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => span(`${at}`, at === 0 ? undefined : `${at - 1}`, at, 1));
    expect(waterfall(chain).at(-1)?.depth).toBe(19_999);
  });
});
