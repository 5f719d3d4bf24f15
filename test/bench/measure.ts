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
  /** Per second, the median of the rounds. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Runs all contenders in turn, round after round, so that a machine that drifts drifts for all of them. */
export async function compare(contenders: readonly Contender[], rounds = 7): Promise<Figure[]> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const { run, count } of contenders) await run(Math.ceil(count / 5));
  for (let round = 0; round < rounds; round++) {
    for (const { name, run, count } of contenders) {
      globalThis.gc?.();
      const started = performance.now();
      await run(count);
      rates.get(name)!.push(count / ((performance.now() - started) / 1_000));
    }
  }
  return [...rates].map(([name, all]) => {
    const sorted = all.toSorted((a, b) => a - b);
    return { name, median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)! };
  });
}

export function machine(): string {
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
}

/** Prints the figures as a table with the ratio to one of them; with `--json` also as the last line. */
export function report(title: string, figures: readonly Figure[], ratios: Readonly<Record<string, number>>): void {
  console.log(`\n${title}\n${machine()}\n`);
  for (const { name, median, least, most } of figures) {
    console.log(`  ${name.padEnd(58)} ${rate(median).padStart(12)}/s   (${rate(least)} to ${rate(most)})`);
  }
  console.log('');
  for (const [name, ratio] of Object.entries(ratios)) console.log(`  ${name.padEnd(70)} ${ratio.toFixed(2)} x`);
  if (process.argv.includes('--json')) console.log(JSON.stringify({ title, machine: machine(), figures, ratios }));
}

const rate = (value: number) => Math.round(value).toLocaleString('en-US');
