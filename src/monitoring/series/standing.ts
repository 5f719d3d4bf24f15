import { COMBINE, type ReadSum } from '@aitbc/platform';
import { type Measure, measureOf } from './measure.js';
import type { GaugeSource } from './source.js';

/** One process's answer: the sums of each reading, or undefined if it did not answer. */
export interface ProcessSums {
  readonly process: { readonly id: string; readonly since: number };
  readonly sums?: readonly (readonly ReadSum[])[];
}

type Values = Map<string, number>;

/**
 * Computes a gauge's series from the reports of all processes. Remembers the last report of a silent process: if it
 * would change the value and no other process supplies it, the series has a gap, because the rest alone would look like
 * a drop.
 */
export class Standing {
  /** By process. */
  private readonly lastSaid = new Map<string, Values>();

  /** @param reading the index of this source's reading among all requested ones */
  constructor(
    private readonly source: GaugeSource,
    private readonly reading: number,
  ) {}

  next(answers: readonly ProcessSums[]): Measure | undefined {
    const said = answers.flatMap(({ process, sums }) => (sums ? [{ process, sums: sums[this.reading] ?? [] }] : []));
    const values: Values = new Map();
    for (const { process, sums } of said) {
      this.add(values, valuesOf(sums));
      this.lastSaid.set(process.id, valuesOf(sums));
    }
    const silent = answers.filter(({ sums }) => !sums).map(({ process }) => process.id);
    const missing = this.missing(values, new Set(said.map(({ process }) => process.id)), new Set(silent));
    if (values.size === 0) {
      const { otherwise } = this.source;
      return otherwise === undefined || missing.length > 0 ? undefined : measureOf(otherwise, 1);
    }
    const whole = new Map(values);
    for (const each of missing) this.add(whole, each);
    return this.overall(whole) === this.overall(values) ? measureOf(this.overall(values), 1) : undefined;
  }

  /** The values now missing, of silent processes and of modules whose last process is gone. */
  private missing(values: Values, saying: ReadonlySet<string>, silent: ReadonlySet<string>): Values[] {
    const { says } = this.source;
    const missing: Values[] = [];
    for (const [id, last] of this.lastSaid) {
      if (saying.has(id)) continue;
      const isGone = !silent.has(id);
      const left = says === 'alike' ? new Map([...last].filter(([key]) => !values.has(key))) : last;
      const isMissed = left.size > 0 && (says === 'alike' || (says === 'own' && !isGone));
      if (isMissed) missing.push(left);
      else if (isGone) this.lastSaid.delete(id);
    }
    return missing;
  }

  private add(values: Values, others: Values): void {
    const combine = COMBINE[this.source.across];
    for (const [key, value] of others) {
      const known = values.get(key);
      values.set(key, known === undefined ? value : combine(known, value));
    }
  }

  private readonly overall = (values: Values): number =>
    [...values.values()].reduce(COMBINE[this.source.overall ?? 'sum']);
}

const valuesOf = (sums: readonly ReadSum[]): Values =>
  new Map(sums.map(({ labels, value }) => [labels.join('\n'), value]));
