import type { ReadSum } from '@aitbc/platform';
import fc from 'fast-check';
import { Evaluation } from './evaluation.js';
import { meanOf } from './measure.js';
import type { Source } from './source.js';
import type { ProcessSums } from './standing.js';

const rate: Source = { kind: 'rate', of: { metric: 'requests_total' }, perSeconds: 1 };
const ratio: Source = { kind: 'ratio', part: { metric: 'failed_total' }, whole: { metric: 'requests_total' } };

const sum = (value: number, ...labels: string[]): ReadSum => ({ labels, value });
const said = (id: string, ...sums: ReadSum[][]): ProcessSums => ({ process: { id, since: 0 }, sums });
const startedAt = (since: number, { process, sums }: ProcessSums): ProcessSums => ({
  process: { ...process, since },
  sums,
});
const silent = (id: string): ProcessSums => ({ process: { id, since: 0 } });

describe('a rate', () => {
  it('has no value until it was read twice, then that of all processes', () => {
    const evaluation = new Evaluation(rate, 0);
    expect(evaluation.next([said('a', [sum(100)]), said('b', [sum(5)])], 0)).toBeUndefined();
    expect(evaluation.next([said('a', [sum(120)]), said('b', [sum(15)])], 10_000)).toMatchObject({
      total: 30,
      weight: 10,
      lowest: 3,
    });
  });

  it('when a process began in between, counts what it counted; when it had been unseen, does not', () => {
    const evaluation = new Evaluation(rate, 0);
    evaluation.next([said('a', [sum(0)])], 10_000);
    const begun = startedAt(12_000, said('b', [sum(7)]));
    const unseen = startedAt(1_000, said('c', [sum(9_000)]));
    expect(evaluation.next([said('a', [sum(1)]), begun, unseen], 20_000)).toMatchObject({ total: 8 });
    expect(evaluation.next([said('a', [sum(1)]), begun, said('c', [sum(9_002)])], 30_000)).toMatchObject({ total: 2 });
  });

  it('when a counter begins anew, counts from zero', () => {
    const evaluation = new Evaluation(rate, 0);
    evaluation.next([said('a', [sum(100)])], 0);
    expect(evaluation.next([said('a', [sum(4)])], 10_000)).toMatchObject({ total: 4 });
  });

  it('when a process is silent, is a gap and not a zero; its next value covers the gap', () => {
    const evaluation = new Evaluation(rate, 0);
    evaluation.next([said('a', [sum(0)]), said('b', [sum(0)])], 0);
    expect(evaluation.next([said('a', [sum(50)]), silent('b')], 10_000)).toBeUndefined();
    expect(evaluation.next([said('a', [sum(60)]), said('b', [sum(20)])], 20_000)).toMatchObject({
      total: 80,
      weight: 20,
    });
  });

  it('when a process that does not export it is silent, goes on', () => {
    const evaluation = new Evaluation(rate, 0);
    evaluation.next([said('a', [sum(0)]), said('b', [])], 0);
    expect(evaluation.next([said('a', [sum(50)]), silent('b')], 10_000)).toMatchObject({ total: 50 });
  });

  it('when a process is gone, goes on without it', () => {
    const evaluation = new Evaluation(rate, 0);
    evaluation.next([said('a', [sum(0)]), said('b', [sum(9)])], 0);
    expect(evaluation.next([said('a', [sum(50)])], 10_000)).toMatchObject({ total: 50 });
  });

  it('when the clock was set back or stood still, begins anew', () => {
    const evaluation = new Evaluation(rate, 0);
    evaluation.next([said('a', [sum(0)])], 3_600_000);
    expect(evaluation.next([said('a', [sum(10)])], 0)).toBeUndefined();
    expect(evaluation.next([said('a', [sum(15)])], 10_000)).toMatchObject({ total: 5 });
  });

  it('never falls below zero and never counts anything twice, whatever processes do', () => {
    const step = fc.record({ grown: fc.nat(50), restarts: fc.boolean(), answers: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 20 }), (steps) => {
        const evaluation = new Evaluation(rate, 0);
        let life = 0;
        let since = 0;
        let value = 0;
        let grown = 0;
        let counted = 0;
        steps.forEach((each, at) => {
          if (each.restarts) [life, since, value] = [life + 1, at * 1_000 - 500, 0];
          value += each.grown;
          grown += each.grown;
          const process = { id: `a${life}`, since };
          const answer = each.answers ? { process, sums: [[sum(value)]] } : { process };
          const measure = evaluation.next([answer], at * 1_000);
          expect(measure?.total ?? 0).toBeGreaterThanOrEqual(0);
          counted += measure?.total ?? 0;
        });
        expect(counted).toBeLessThanOrEqual(grown);
      }),
    );
  });
});

describe('a ratio', () => {
  it('is that of the growths; without any request it has no value', () => {
    const evaluation = new Evaluation(ratio, 1);
    evaluation.next([said('a', [], [sum(0)], [sum(10)])], 0);
    expect(meanOf(evaluation.next([said('a', [], [sum(1)], [sum(30)])], 10_000)!)).toBe(0.05);
    expect(evaluation.next([said('a', [], [sum(1)], [sum(30)])], 20_000)).toBeUndefined();
  });
});

describe('a gauge', () => {
  const gauge = { kind: 'gauge', of: { metric: 'depth' } } as const;
  const depth: Source = { ...gauge, across: 'max', says: 'alike', by: 'module' };
  const age: Source = { ...depth, overall: 'max' };
  const breakers: Source = { ...gauge, across: 'sum', says: 'own', otherwise: 0 };
  const running = (source: Source) => {
    const evaluation = new Evaluation(source, 0);
    return (...answers: ProcessSums[]) => evaluation.next(answers, 0)?.total;
  };

  it('takes what replicas say alike once, and adds up the modules', () => {
    const replicas = [said('a', [sum(3, 'wallet'), sum(1, 'agents')]), said('b', [sum(4, 'wallet')])];
    expect(new Evaluation(depth, 0).next(replicas, 0)).toMatchObject({ total: 5, weight: 1 });
  });

  it('that nobody exports has no value, or the one said for that case', () => {
    expect(new Evaluation(depth, 0).next([said('a', []), silent('b')], 0)).toBeUndefined();
    expect(new Evaluation({ ...depth, otherwise: 0 }, 0).next([said('a', [])], 0)).toMatchObject({ total: 0 });
  });

  it('that only a silent process could tell is a gap and no fall', () => {
    const next = running(depth);
    expect(next(said('a', [sum(3, 'wallet')]), said('b', [sum(1, 'agents')]))).toBe(4);
    expect(next(silent('a'), said('b', [sum(1, 'agents')]))).toBeUndefined();
    expect(next(silent('a'), silent('b'))).toBeUndefined();
    expect(next(said('a', [sum(2, 'wallet')]), said('b', [sum(1, 'agents')]))).toBe(3);
  });

  it('that a replica of the silent process says as well goes on', () => {
    const next = running(depth);
    next(said('a', [sum(3, 'wallet')]), said('b', [sum(3, 'wallet')]));
    expect(next(silent('a'), said('b', [sum(1, 'wallet')]))).toBe(1);
  });

  it('of a module that nobody hosts any more is a gap until somebody does', () => {
    const next = running(depth);
    next(said('a', [sum(3, 'wallet')]), said('b', [sum(1, 'agents')]));
    expect(next(said('b', [sum(1, 'agents')]))).toBeUndefined();
    expect(next(said('c', [sum(0, 'wallet')]), said('b', [sum(1, 'agents')]))).toBe(1);
    // The first process's last value is dropped by now; the second's is not.
    expect(next(said('b', [sum(1, 'agents')]))).toBe(1);
  });

  it('goes on where what the silent process said last makes no difference to it', () => {
    const next = running(age);
    expect(next(said('a', [sum(5, 'wallet')]), said('b', [sum(0, 'agents')]))).toBe(5);
    expect(next(silent('a'), said('b', [sum(4, 'agents')]))).toBeUndefined();
    expect(next(silent('a'), said('b', [sum(90, 'agents')])), 'older than the silent one was').toBe(90);
  });

  it('that each process says of itself is missed while the process is silent, and not once it is gone', () => {
    const next = running(breakers);
    expect(next(said('a', [sum(2)]), said('b', [sum(0)]))).toBe(2);
    expect(next(silent('a'), said('b', [sum(0)]))).toBeUndefined();
    expect(next(said('b', [sum(0)]))).toBe(0);
    // Its callers open their breakers because it is silent: that must be visible.
    expect(next(said('a', [sum(1)]), silent('b'))).toBe(1);
    expect(next(silent('a'), silent('b'))).toBeUndefined();
  });

  it('that counts who is there counts nobody who is silent', () => {
    const next = running({ ...gauge, across: 'sum', says: 'presence' });
    expect(next(said('a', [sum(1)]), said('b', [sum(1)]))).toBe(2);
    expect(next(silent('a'), said('b', [sum(1)]))).toBe(1);
  });
});

describe('a quantile', () => {
  const waiting: Source = { kind: 'quantile', of: { metric: 'wait_seconds' }, quantile: 0.5 };
  const buckets = (...counts: [string, number][]) => counts.map(([le, count]) => sum(count, le));

  it('comes from the observations of all processes together', () => {
    const evaluation = new Evaluation(waiting, 0);
    const before = [said('a', buckets(['1', 5], ['2', 5], ['+Inf', 5])), said('b', [])];
    evaluation.next(before, 0);
    const after = [
      said('a', buckets(['1', 5], ['2', 7], ['+Inf', 7])),
      said('b', buckets(['1', 2], ['2', 2], ['+Inf', 4])),
    ];
    const measure = evaluation.next(after, 10_000)!;
    // Three of the six observations lie in 1…2 or below: the third is half-way into that bucket.
    expect(measure.weight).toBe(6);
    expect(meanOf(measure)).toBeCloseTo(1.5);
  });

  it('beyond the last bound is that bound; without observations it has no value', () => {
    const evaluation = new Evaluation(waiting, 0);
    evaluation.next([said('a', buckets(['1', 0], ['+Inf', 0]))], 0);
    expect(meanOf(evaluation.next([said('a', buckets(['1', 0], ['+Inf', 9]))], 1_000)!)).toBe(1);
    expect(evaluation.next([said('a', buckets(['1', 0], ['+Inf', 9]))], 2_000)).toBeUndefined();
  });
});
