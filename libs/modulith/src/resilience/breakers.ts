import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  handleWhen,
  IsolatedCircuitError,
  SamplingBreaker,
} from 'cockatiel';
import { DeadlineExceeded, ModuleUnavailable, OutcomeUnknown, Unavailable } from '../contract/errors.js';

export type BreakerState = 'closed' | 'open' | 'half_open' | 'isolated';

/** Half of the calls of this many milliseconds must fail before a module is left alone. */
const SAMPLE_MS = 10_000;
/** Fewer calls a second than this say nothing. */
const MINIMUM_RPS = 1;
const TRY_AGAIN_AFTER_MS = 2_000;

/** The module did not do what it was asked, or nobody knows; a rejection is an answer like any other. */
const isFailure = (error: Error) =>
  error instanceof OutcomeUnknown ||
  error instanceof DeadlineExceeded ||
  error instanceof Unavailable ||
  error instanceof ModuleUnavailable;

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

/** A circuit breaker for each remote module: while most of its calls fail, further ones fail at once. */
export class Breakers {
  private readonly breakers = new Map<string, Breaker>();

  /** @throws ModuleUnavailable without calling, while the circuit is open. */
  async run<T>(module: string, call: () => Promise<T>): Promise<T> {
    try {
      return await this.of(module).policy.execute(call);
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

  close(module: string): void {
    const breaker = this.of(module);
    breaker.isolation?.dispose();
    breaker.isolation = undefined;
  }

  private of(module: string): Breaker {
    let breaker = this.breakers.get(module);
    if (!breaker) {
      const policy = circuitBreaker(handleWhen(isFailure), {
        halfOpenAfter: TRY_AGAIN_AFTER_MS,
        breaker: new SamplingBreaker({ threshold: 0.5, duration: SAMPLE_MS, minimumRps: MINIMUM_RPS }),
      });
      this.breakers.set(module, (breaker = { policy }));
    }
    return breaker;
  }
}
