import type { Result } from './trial.js';

const HEADS = [
  'fault',
  'strikes',
  'tried',
  'acknowledged',
  'refused',
  'given up',
  'lost',
  'twice',
  'denied',
  'unanswered',
  'gap s',
  'slowest s',
  'failed requests',
];

/** A table in Markdown: a line for each fault, and under it what is wrong, if anything is. */
export function table(results: readonly Result[]): string {
  const rows = [HEADS, HEADS.map(() => '---'), ...results.map(cells)];
  const problems = results.flatMap(({ fault, problems: own }) => own.map((each) => `${fault}: ${each}`));
  return [...rows.map((row) => `| ${row.join(' | ')} |`), ...problems].join('\n');
}

function cells(result: Result): string[] {
  const { fault, strikes, tried, acknowledged, refused, abandoned, lost, twice, denied, unanswered } = result;
  const counts = [strikes, tried, acknowledged, refused, abandoned, lost, twice, denied, unanswered].map(String);
  const seconds = [result.longestWithoutSuccess, result.slowestOperation].map((each) => each.toFixed(1));
  return [fault, ...counts, ...seconds, failures(result)];
}

function failures({ requests, failures: byCode }: Result): string {
  const all = Object.entries(byCode).toSorted(([, one], [, other]) => other - one);
  const sum = all.reduce((total, [, number]) => total + number, 0);
  return `${sum} of ${requests}${sum > 0 ? `: ${all.map(([code, number]) => `${code} ${number}`).join(', ')}` : ''}`;
}

/** Of several runs of one fault: counts added up, times at their worst. */
export function together(results: readonly Result[]): Result[] {
  const byFault = new Map<string, Result>();
  for (const result of results) {
    const before = byFault.get(result.fault);
    byFault.set(result.fault, before ? add(before, result) : result);
  }
  return [...byFault.values()];
}

function add(one: Result, other: Result): Result {
  const sum = (of: keyof Result) => (one[of] as number) + (other[of] as number);
  const worst = (of: keyof Result) => Math.max(one[of] as number, other[of] as number);
  const codes = new Set([...Object.keys(one.failures), ...Object.keys(other.failures)]);
  return {
    fault: one.fault,
    strikes: sum('strikes'),
    seconds: sum('seconds'),
    requests: sum('requests'),
    tried: sum('tried'),
    acknowledged: sum('acknowledged'),
    refused: sum('refused'),
    abandoned: sum('abandoned'),
    failures: Object.fromEntries(
      [...codes].map((code) => [code, (one.failures[code] ?? 0) + (other.failures[code] ?? 0)]),
    ),
    lost: sum('lost'),
    twice: sum('twice'),
    denied: sum('denied'),
    unanswered: sum('unanswered'),
    longestWithoutSuccess: worst('longestWithoutSuccess'),
    slowestOperation: worst('slowestOperation'),
    problems: [...one.problems, ...other.problems],
  };
}
