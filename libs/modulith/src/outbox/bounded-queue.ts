import { Logger } from '@nestjs/common';
import type { Publication } from './publication.js';
import { STOP_MS, within } from './relay.js';

/** A subscription that must never hold up its publishers: past its bound the oldest events are dropped and counted. */
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
    if (this.stopped) return;
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

  /** Drops what waits and lets what is under way end. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.length = 0;
    await within(STOP_MS, this.idle());
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
