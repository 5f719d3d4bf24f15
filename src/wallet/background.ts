import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';

/** What recurring work needs: its turn, the time, and transactions. */
@Injectable()
export class Background {
  constructor(
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  get now(): Date {
    return this.clock.now();
  }

  every(name: string, everyMs: number, work: () => Promise<void>): void {
    this.periodic.every(name, { everyMs }, work);
  }

  wake(name: string): void {
    this.periodic.wake(name);
  }

  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work);
  }
}
