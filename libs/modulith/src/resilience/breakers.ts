import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  handleType,
  IsolatedCircuitError,
  SamplingBreaker,
} from 'cockatiel';
import { ModuleUnavailable } from '../contract/errors.js';
import { Unanswered } from '../transport/client.js';

export type BreakerState = 'closed' | 'open' | 'half_open' | 'isolated';

/** Half of the calls of this many milliseconds must fail before a module is left alone. */
const SAMPLE_MS = 10_000;
/** Fewer calls a second than this say nothing. */
const MINIMUM_RPS = 1;
const TRY_AGAIN_AFTER_MS = 2_000;

const states: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Isolated]: 'isolated',
};

interface Breaker {
  readonly policy: CircuitBreakerPolicy;
  isolation?: { dispose(): void };
}

/** A circuit breaker for each remote module: while most of its calls have no answer, further ones fail at once. */
export class Breakers {
  private readonly breakers = new Map<string, Breaker>();

  /**
   * Calls unless the circuit is open. A rejection is an answer like any other, and Redis being away says nothing of the
   * module: only silence counts.
   * @throws ModuleUnavailable without calling, while the circuit is open.
   */
  async run<T>(module: string, call: () => Promise<T>): Promise<T> {
    const { policy } = this.of(module);
    // One call tries whether the module is back; the others would wait for it, however long it takes.
    if (policy.state === CircuitState.HalfOpen) throw new ModuleUnavailable(module);
    try {
      return await policy.execute(call);
    } catch (error) {
      if (error instanceof BrokenCircuitError || error instanceof IsolatedCircuitError) {
        throw new ModuleUnavailable(module);
      }
      throw error;
    }
  }

  stateOf(module: string): BreakerState {
    return states[this.of(module).policy.state];
  }

  /** Refuses all calls to a module until {@link close}. */
  open(module: string): void {
    const breaker = this.of(module);
    breaker.isolation ??= breaker.policy.isolate();
  }

  /** Lets calls through again, also where silence has opened it: should the module still be silent, it opens again. */
  close(module: string): void {
    const breaker = this.of(module);
    // An isolation that ends leaves the circuit closed, whatever it was before.
    (breaker.isolation ?? breaker.policy.isolate()).dispose();
    breaker.isolation = undefined;
  }

  private of(module: string): Breaker {
    let breaker = this.breakers.get(module);
    if (!breaker) {
      const policy = circuitBreaker(handleType(Unanswered), {
        halfOpenAfter: TRY_AGAIN_AFTER_MS,
        breaker: new SamplingBreaker({ threshold: 0.5, duration: SAMPLE_MS, minimumRps: MINIMUM_RPS }),
      });
      this.breakers.set(module, (breaker = { policy }));
    }
    return breaker;
  }
}
