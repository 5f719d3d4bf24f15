import { Logger } from '@nestjs/common';
import type { Publication } from './publication.js';
import { STOP_MS, within } from './relay.js';

/**
 * A subscription that never applies back-pressure to its publishers: beyond its bound the oldest events are dropped and
 * counted.
 */
export class BoundedQueue {
  private readonly logger = new Logger('BoundedQueue');
  private readonly waiting: Publication[] = [];
  private working?: Promise<void>;
  private stopped = false;
  dropped = 0;

  constructor(
    private readonly bound: number,
    private readonly handle: (publication: Publication) => Promise<void>,
  ) {}

  push(publication: Publication): void {
    if (this.stopped) {
      this.dropped += 1;
      return;
    }
    this.waiting.push(publication);
    if (this.waiting.length > this.bound) {
      this.waiting.shift();
      this.dropped += 1;
    }
    this.working ??= this.work();
  }

  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  /** Accepts nothing more and drains the queue; after the time limit the remaining events are dropped and counted. */
  async stop(): Promise<void> {
    this.stopped = true;
    await within(STOP_MS, this.idle());
    const late = this.waiting.splice(0).length;
    this.dropped += late;
    if (late > 0) this.logger.warn(`${late} events were dropped: they were not handled before the end`);
  }

  private async work(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      await this.handle(next).catch((error: unknown) => {
        this.dropped += 1;
        if (!this.stopped) this.logger.warn(`An event was dropped: ${String(error)}`);
      });
    }
    this.working = undefined;
  }
}
