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

/** The sampling window: the circuit opens when half of the calls in it fail. */
const SAMPLE_MS = 10_000;
/** The minimum call rate per second for a verdict. */
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

/** A circuit breaker per remote module: while most calls to it time out, further calls fail at once. */
export class Breakers {
  private readonly breakers = new Map<string, Breaker>();

  /**
   * Calls unless the circuit is open. Only a missing answer counts as a failure: a rejection is an answer, and a Redis
   * outage says nothing about the module.
   * @throws ModuleUnavailable without calling, while the circuit is open.
   */
  async run<T>(module: string, call: () => Promise<T>): Promise<T> {
    const { policy } = this.of(module);
    // One call probes the module; the others would wait for the probe, however long it takes.
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

  /** Rejects all calls to a module until {@link close}. */
  open(module: string): void {
    const breaker = this.of(module);
    breaker.isolation ??= breaker.policy.isolate();
  }

  /** Lets calls through again, even if missing answers opened the circuit; if there are still none, it opens again. */
  close(module: string): void {
    const breaker = this.of(module);
    // Disposing an isolation closes the circuit, whatever its state was before.
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
