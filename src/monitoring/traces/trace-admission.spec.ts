import { TraceAdmission } from './trace-admission.js';

const limits = { traces: 4, sampled: 2, spans: 20, spansOfTrace: 3 };
const at = (second: number) => new Date(second * 1_000);

describe('what is stored of traces', () => {
  it('is so many of the sample a minute, and room is left for what went wrong', () => {
    const admission = new TraceAdmission(limits);
    expect(['a', 'b', 'c'].map((id) => admission.admits(id, false, at(0)))).toEqual([true, true, false]);
    expect(['d', 'e', 'f'].map((id) => admission.admits(id, true, at(59)))).toEqual([true, true, false]);
    expect(admission.admits('g', false, at(60))).toBe(true);
  });

  it('is a trace or nothing of it: what was refused stays refused, what was admitted goes on', () => {
    const admission = new TraceAdmission(limits);
    const admitted = ['a', 'b', 'c'].map((id) => admission.admits(id, false, at(0)));
    expect(admitted).toEqual([true, true, false]);
    expect(admission.admits('c', false, at(61))).toBe(false);
    expect(admission.admits('a', false, at(61))).toBe(true);
  });

  it('is a trace that turns out slow or failed, though it was refused as one of the sample; that is judged once', () => {
    const admission = new TraceAdmission(limits);
    for (const id of ['a', 'b', 'c', 'd', 'e']) admission.admits(id, false, at(0));
    expect(['c', 'd', 'e'].map((id) => admission.admits(id, true, at(1)))).toEqual([true, true, false]);
    expect([admission.admits('c', false, at(61)), admission.admits('e', true, at(61))]).toEqual([true, false]);
  });

  it('is only so much of one trace, and so much of all', () => {
    const endless = new TraceAdmission(limits);
    expect([1, 2, 3, 4].map(() => endless.admits('a', true, at(0)))).toEqual([true, true, true, false]);
    const full = new TraceAdmission({ ...limits, spans: 2 });
    expect([1, 2, 3].map(() => full.admits('a', true, at(0)))).toEqual([true, true, false]);
  });
});
