import { type Measure, measureOf, quantileOf } from './measure.js';
import { readingsOf, type Source } from './source.js';
import { type ProcessSums, Standing } from './standing.js';

/** The counter values when a series last had a value. */
interface Baseline {
  readonly at: number;
  /** By process, reading and labels. */
  readonly values: ReadonlyMap<string, number>;
  readonly processes: ReadonlySet<string>;
}

/** From an older baseline, an increase would be averaged over a period that does not describe the present. */
const BASELINE_KEPT_MS = 60_000;

/**
 * Computes one series from the reports of all processes, once per collection. A silent process leaves a gap in a
 * counter's series, and its next value covers the gap; a restarted process counts from zero; a stopped one no longer
 * counts. For gauges see {@link Standing}.
 */
export class Evaluation {
  private baseline?: Baseline;
  private standing?: Standing;

  /** @param first the index of this source's first reading among all requested ones */
  constructor(
    private readonly source: Source,
    private readonly first: number,
  ) {}

  next(answers: readonly ProcessSums[], now: number): Measure | undefined {
    const { source } = this;
    if (source.kind === 'gauge') return (this.standing ??= new Standing(source, this.first)).next(answers);
    const growth = this.growth(answers, now);
    if (!growth) return undefined;
    const { seconds, readings } = growth;
    if (source.kind === 'rate') return measureOf(addUp(readings[0]!), seconds / source.perSeconds);
    if (source.kind === 'ratio') {
      const whole = addUp(readings[1]!);
      const part = addUp(readings[0]!);
      return measureOf(source.inverted ? Math.max(0, whole - part) : part, whole);
    }
    const count = readings[0]!.get('+Inf') ?? 0;
    const value = quantileOf(source.quantile, readings[0]!);
    return value === undefined ? undefined : measureOf(value * count, count);
  }

  /** The increase of each reading's sums over all processes since the last time; undefined if unknown. */
  private growth(answers: readonly ProcessSums[], now: number) {
    const before = this.baseline;
    const isUsable = before !== undefined && now > before.at && now - before.at <= BASELINE_KEPT_MS;
    if (!isUsable) {
      this.baseline = baselineOf(answers, this.keysOf, now);
      return undefined;
    }
    // Without its share, the sum of the others would look like a drop.
    if (answers.some(({ process, sums }) => !sums && before.processes.has(process.id))) return undefined;
    const readings = readingsOf(this.source).map(() => new Map<string, number>());
    let known = false;
    for (const answer of answers) {
      const isNew = !before.processes.has(answer.process.id);
      // For a process that ran before it was first seen, it is unknown when its counts occurred.
      if (isNew && answer.process.since < before.at) continue;
      for (const { key, reading, labels, value } of this.keysOf(answer)) {
        known = true;
        const earlier = before.values.get(key) ?? 0;
        const grown = value >= earlier ? value - earlier : value;
        readings[reading]!.set(labels, (readings[reading]!.get(labels) ?? 0) + grown);
      }
    }
    this.baseline = baselineOf(answers, this.keysOf, now);
    return known ? { seconds: (now - before.at) / 1_000, readings } : undefined;
  }

  private readonly keysOf = ({ process, sums }: ProcessSums) =>
    readingsOf(this.source).flatMap((_, reading) =>
      (sums?.[this.first + reading] ?? []).map(({ labels: all, value }) => {
        const labels = all.join('\n');
        return { key: `${process.id}\n${reading}\n${labels}`, reading, labels, value };
      }),
    );
}

type KeysOf = (answer: ProcessSums) => readonly { key: string; value: number }[];

/** Only processes that export the metric leave a gap when silent. */
function baselineOf(answers: readonly ProcessSums[], keysOf: KeysOf, at: number): Baseline {
  const values = new Map<string, number>();
  const processes = new Set<string>();
  for (const answer of answers) {
    for (const { key, value } of keysOf(answer)) {
      values.set(key, value);
      processes.add(answer.process.id);
    }
  }
  return { at, values, processes };
}

const addUp = (values: ReadonlyMap<string, number>): number =>
  [...values.values()].reduce((total, value) => total + value, 0);
