import type { BeforeApplicationShutdown } from '@nestjs/common';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { JobQueued } from '../contract/index.js';

/** Holds the agents' long polls for work on their offers. */
@EventsHandler(JobQueued)
export class JobWaits implements IEventHandler<JobQueued>, BeforeApplicationShutdown {
  private readonly waiting = new Set<{ offerIds: ReadonlySet<string>; wake: () => void }>();
  isClosing = false;

  handle({ offerId }: JobQueued): void {
    for (const each of this.waiting) if (each.offerIds.has(offerId)) each.wake();
  }

  /** Resolves when a job is queued for one of the offers, or after the given milliseconds. */
  forAny(offerIds: readonly string[], milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(entry);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, milliseconds));
      const entry = { offerIds: new Set(offerIds), wake };
      this.waiting.add(entry);
    });
  }

  /** A closing server waits for its requests: these long polls end at once. */
  beforeApplicationShutdown(): void {
    this.isClosing = true;
    for (const { wake } of this.waiting) wake();
  }
}
