import { Injectable } from '@nestjs/common';
import type { BreakerState } from '../resilience/breakers.js';
import { Processes } from './processes.js';
import { Runtime } from './runtime.js';

/** The state of one process's breaker after an order, or why the order failed. */
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

/** Opens and closes the circuit breakers for a module manually, in all processes that call it. */
@Injectable()
export class BreakerControl {
  constructor(
    private readonly runtime: Runtime,
    private readonly processes: Processes,
  ) {
    processes.answer(SET, (order: Order) => this.setHere(order));
  }

  /**
   * `isolated` makes calls to the module fail at once, until it is `closed`. A process that starts later is not
   * affected.
   * @returns the processes that call the module over Redis, and those that did not answer.
   */
  async set(module: string, state: Order['state']): Promise<BreakerReport[]> {
    const answers = await this.processes.askAll<BreakerState | null>(SET, { module, state });
    return answers.flatMap(({ process, answer, error }): BreakerReport[] => {
      if (error !== undefined) return [{ process: process.id, problem: error }];
      return answer ? [{ process: process.id, breaker: answer }] : [];
    });
  }

  /** Null if there is no breaker: the process hosts the module itself, or runs without Redis. */
  private async setHere({ module, state }: Order): Promise<BreakerState | null> {
    const breakers = this.runtime.redisModules?.breakers;
    if (!breakers || this.runtime.hosts(module)) return null;
    if (state === 'isolated') breakers.open(module);
    else breakers.close(module);
    return breakers.stateOf(module);
  }
}
