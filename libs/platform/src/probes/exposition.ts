import { Logger } from '@nestjs/common';
import { register, type Registry } from 'prom-client';

/** How long a text serves all who ask. */
const SHARED_MS = 1_000;

/**
 * The metrics of this process as Prometheus reads them. Collecting them asks the databases, so it is done at most once
 * a second and never twice at a time, however many ask.
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

/** All metrics that can be read now: in an incident, when one cannot, the others are needed most. */
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
