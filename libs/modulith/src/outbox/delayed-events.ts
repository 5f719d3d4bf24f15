import type { OnApplicationBootstrap } from '@nestjs/common';
import type { LocalDeadLetters } from './local-dead-letters.js';
import type { Periodic } from './periodic.js';

const LOOK_EVERY_MS = 1_000;

/** Retries a module's delayed events, on the leading replica. */
export class DelayedEvents implements OnApplicationBootstrap {
  constructor(
    private readonly module: string,
    private readonly letters: LocalDeadLetters,
    private readonly periodic: Periodic,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('retry-delayed', { everyMs: LOOK_EVERY_MS }, () => this.letters.retryDelayed(this.module));
  }
}
