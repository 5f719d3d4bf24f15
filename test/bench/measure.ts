import { cpus, totalmem } from 'node:os';

export interface Contender {
  readonly name: string;
  /** Does the work `count` times. */
  readonly run: (count: number) => Promise<void>;
  /** How many in one round. */
  readonly count: number;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Of the rounds. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Only the first contender runs: the others would be in its profile. */
export const isProfiled = process.argv.includes('--profile');

/** Runs all contenders in turn, round after round, so that a machine that drifts drifts for all of them. */
export async function compare(contenders: readonly Contender[], rounds = 7): Promise<Figure[]> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const running = isProfiled ? contenders.slice(0, 1) : contenders;
  for (const { run, count } of running) await run(Math.ceil(count / 5));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run, count } of running) {
      globalThis.gc?.();
      const started = performance.now();
      await run(count);
      rates.get(name)!.push(count / ((performance.now() - started) / 1_000));
    }
  }
  return [...rates].map(([name, all]) => summary(name, all, '/s'));
}

/** What one measurement, repeated, comes to. */
export function summary(name: string, measured: readonly number[], unit: string): Figure {
  if (measured.length === 0) return { name, unit, median: NaN, least: NaN, most: NaN };
  const sorted = measured.toSorted((a, b) => a - b);
  return { name, unit, median: median(measured), least: sorted[0]!, most: sorted.at(-1)! };
}

export function median(measured: readonly number[]): number {
  return measured.toSorted((a, b) => a - b)[Math.floor(measured.length / 2)]!;
}

export function machine(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

/** Prints the figures as a table with the ratio to one of them; with `--json` also as the last line. */
export function report(title: string, figures: readonly Figure[], ratios: Readonly<Record<string, number>>): void {
  console.log(`\n${title}\n${machine()}\n`);
  for (const { name, unit, median, least, most } of figures) {
    if (Number.isNaN(median)) continue;
    const value = `${shown(median).padStart(12)}${unit === '/s' ? unit : ` ${unit}`}`;
    console.log(`  ${name.padEnd(58)} ${value.padEnd(17)} (${shown(least)} to ${shown(most)})`);
  }
  console.log('');
  for (const [name, ratio] of Object.entries(ratios))
    if (!Number.isNaN(ratio)) console.log(`  ${name.padEnd(70)} ${ratio.toFixed(2)} x`);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ title, machine: machine(), figures, ratios }));
}

const shown = (value: number) =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
