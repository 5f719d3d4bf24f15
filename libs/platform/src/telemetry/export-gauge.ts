import { Logger } from '@nestjs/common';
import { Gauge, type Metric, register } from 'prom-client';

const READ_MS = 2_000;
const logger = new Logger('Metrics');

/** A value and its labels. */
export type GaugeSample<L extends string> = readonly [labels: Readonly<Record<L, string>>, value: number];

export interface GaugeDefinition<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly L[];
  /** Reads the current values. If it throws or takes more than two seconds, the gauge has no value. */
  readonly read: () => Promise<number | Iterable<GaugeSample<L>>> | number | Iterable<GaugeSample<L>>;
}

/** Exports a gauge that is read on each scrape. */
export function exportGauge<L extends string = never>({ name, help, labels = [], read }: GaugeDefinition<L>): void {
  replaceMetric(
    name,
    () =>
      new Gauge({
        name,
        help,
        labelNames: labels as L[],
        async collect() {
          const values = await inTime(read).catch((error: unknown) =>
            logger.debug(`${name} has no value: ${String(error)}`),
          );
          // An old value would look current.
          this.reset();
          if (values === undefined) this.remove();
          else if (typeof values === 'number') this.set(values);
          else for (const [of, value] of values) this.set(of as Record<L, string>, value);
        },
      }),
  );
}

/** A second application in one process, as in tests, replaces the metrics of the first. */
export function replaceMetric<M extends Metric>(name: string, create: (name: string) => M): M {
  register.removeSingleMetric(name);
  return create(name);
}

async function inTime<T>(read: () => Promise<T> | T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${READ_MS} ms`)), READ_MS);
  });
  try {
    return await Promise.race([read(), late]);
  } finally {
    clearTimeout(timer);
  }
}
