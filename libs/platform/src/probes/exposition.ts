import { Logger } from '@nestjs/common';
import { register, type Registry } from 'prom-client';

/** How long a result is shared between scrapers. */
const SHARED_MS = 1_000;

/**
 * This process's metrics in Prometheus format. Collection queries the databases, so it runs at most once a second and
 * never concurrently, however many scrapers there are.
 */
export class Exposition {
  private text?: Promise<string>;
  private sharedUntil = 0;

  constructor(
    private readonly collect: () => Promise<string> = () => collectAll(register),
    private readonly timer: () => number = () => performance.now(),
  ) {}

  get(): Promise<string> {
    if (!this.text || this.timer() >= this.sharedUntil) this.text = this.begin();
    return this.text;
  }

  private async begin(): Promise<string> {
    const begun = this.timer();
    this.sharedUntil = Number.POSITIVE_INFINITY;
    try {
      return await this.collect();
    } finally {
      this.sharedUntil = begun + SHARED_MS;
    }
  }
}

/** Collects all metrics that can be read: in an incident, one that fails must not hide the others. */
export async function collectAll(registry: Registry): Promise<string> {
  const texts = registry.getMetricsAsArray().map(async ({ name }) => {
    try {
      return await registry.getSingleMetricAsString(name);
    } catch (error) {
      new Logger('Exposition').warn(`The metric ${name} could not be read: ${String(error)}`);
      return '';
    }
  });
  return `${(await Promise.all(texts)).filter((text) => text !== '').join('\n\n')}\n`;
}
