import { Injectable } from '@nestjs/common';
import type { BreakerState } from '../resilience/breakers.js';
import { Processes } from './processes.js';
import { Runtime } from './runtime.js';

/** What the breaker of one process is after it was told, or why it was not. */
export interface BreakerReport {
  readonly process: string;
  readonly breaker?: BreakerState;
  readonly problem?: string;
}

interface Order {
  readonly module: string;
  readonly state: 'isolated' | 'closed';
}

const SET = 'breaker.set';

/** Opens and closes by hand the circuit breakers of all processes that call a module. */
@Injectable()
export class BreakerControl {
  constructor(
    private readonly runtime: Runtime,
    private readonly processes: Processes,
  ) {
    processes.answer(SET, (order: Order) => this.setHere(order));
  }

  /**
   * `isolated`: calls to the module fail at once, until it is `closed`. A process that starts later knows nothing of it.
   * @returns the processes that call the module over Redis, and those that did not answer.
   */
  async set(module: string, state: Order['state']): Promise<BreakerReport[]> {
    const answers = await this.processes.askAll<BreakerState | null>(SET, { module, state });
    return answers.flatMap(({ process, answer, error }): BreakerReport[] => {
      if (error !== undefined) return [{ process: process.id, problem: error }];
      return answer ? [{ process: process.id, breaker: answer }] : [];
    });
  }

  /** Null where there is none: the process hosts the module, or reaches no other. */
  private async setHere({ module, state }: Order): Promise<BreakerState | null> {
    const breakers = this.runtime.redisModules?.breakers;
    if (!breakers || this.runtime.hosts(module)) return null;
    if (state === 'isolated') breakers.open(module);
    else breakers.close(module);
    return breakers.stateOf(module);
  }
}
