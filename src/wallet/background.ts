import { DomainError, Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, Logger } from '@nestjs/common';

/** The dependencies of recurring work: leadership, the clock, and transactions. */
@Injectable()
export class Background {
  private readonly logger = new Logger(Background.name);

  constructor(
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  get now(): Date {
    return this.clock.now();
  }

  every(name: string, everyMs: number, work: () => Promise<void>): void {
    this.periodic.every(name, { everyMs }, () => work().catch((error: unknown) => this.putOff(name, error)));
  }

  wake(name: string): void {
    this.periodic.wake(name);
  }

  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work);
  }

  /** The chain may start later than this module, or be temporarily unavailable: the next run follows soon. */
  private putOff(name: string, error: unknown): void {
    if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
    this.logger.debug(`${name} waits: ${error.message}`);
  }
}
