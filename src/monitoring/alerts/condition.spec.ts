import fc from 'fast-check';
import { COMPARISONS } from '../contract/alert-rules.js';
import { type Condition, holdMs, judge, type Sample } from './condition.js';

const NOW = new Date('2026-01-01T01:00:00.000Z');
const ago = (seconds: number, value: number): Sample => ({ at: new Date(NOW.getTime() - seconds * 1_000), value });
const reading = (samples: Readonly<Record<string, readonly Sample[]>>) => (series: string) => samples[series] ?? [];
const threshold: Condition = { kind: 'threshold', series: 's', comparison: '>', value: 10, while: [] };
const rate: Condition = { kind: 'rate', series: 's', comparison: '>', value: 10, windowSeconds: 120, while: [] };
const value = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('a condition', () => {
  it('compares the newest value', () => {
    const compared = { '>': (a: number, b: number) => a > b, '>=': (a: number, b: number) => a >= b };
    const all = { ...compared, '<': (a: number, b: number) => a < b, '<=': (a: number, b: number) => a <= b };
    fc.assert(
      fc.property(fc.constantFrom(...COMPARISONS), value, value, (comparison, seen, limit) => {
        const rule = { ...threshold, comparison, value: limit };
        expect(judge(rule, reading({ s: [ago(10, 0), ago(3, seen)] }), NOW)).toEqual({
          verdict: all[comparison](seen, limit) ? 'met' : 'not_met',
          value: seen,
        });
      }),
    );
  });

  it.each([
    ['none', []],
    ['only an old one', [ago(10, 99)]],
    ['only one from before the clock was set back', [ago(-60, 99)]],
    ['none that is a number', [ago(1, Number.NaN)]],
  ])('when there is no value of now (%s), it is not known', (_what, samples) => {
    expect(judge(threshold, reading({ s: samples }), NOW).verdict).toBe('unknown');
  });

  it('a rate is the change per minute over the window, and unknown before half of it was seen', () => {
    expect(judge(rate, reading({ s: [ago(110, 0), ago(60, 5), ago(0, 22)] }), NOW)).toEqual({
      verdict: 'met',
      value: 12,
    });
    expect(judge(rate, reading({ s: [ago(50, 0), ago(0, 99)] }), NOW).verdict).toBe('unknown');
    expect(judge(rate, reading({ s: [ago(119, 0), ago(30, 99)] }), NOW).verdict).toBe('unknown');
  });

  it('an absence is a matter of having looked for as long', () => {
    const absence: Condition = { kind: 'absence', series: 's', windowSeconds: 60, while: [] };
    expect(judge(absence, reading({}), NOW).verdict).toBe('met');
    expect(judge(absence, reading({ s: [ago(2, 0)] }), NOW).verdict).toBe('not_met');
    expect(holdMs({ ...absence, forSeconds: 30 })).toBe(90_000);
    expect(holdMs({ ...rate, forSeconds: 30 })).toBe(30_000);
  });

  it('with guards it holds only while one of them does; what they do not know, it does not', () => {
    const guarded: Condition = {
      ...threshold,
      while: [
        { series: 'a', comparison: '>', value: 0 },
        { series: 'b', comparison: '>', value: 0 },
      ],
    };
    const with_ = (more: Record<string, Sample[]>) =>
      judge(guarded, reading({ s: [ago(1, 11)], ...more }), NOW).verdict;
    expect(with_({ a: [ago(1, 0)], b: [ago(1, 1)] })).toBe('met');
    expect(with_({ a: [ago(1, 0)], b: [ago(1, 0)] })).toBe('not_met');
    expect(with_({ a: [ago(1, 0)] })).toBe('unknown');
    expect(with_({ b: [ago(1, 1)] })).toBe('met');
    expect(judge(guarded, reading({ s: [ago(1, 1)] }), NOW).verdict).toBe('not_met');
  });
});
