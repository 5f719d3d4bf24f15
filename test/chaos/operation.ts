import { randomUUID } from 'node:crypto';
import type { Answer } from '../support/api.js';

/** What clients ask for that has an effect. */
export type Kind = 'book' | 'cancel' | 'complete' | 'job' | 'result' | 'transfer';

/** What a client knows after one request. */
export type Outcome =
  | { readonly how: 'acknowledged'; readonly answer: unknown }
  /** No, and asking again the same way would not help. */
  | { readonly how: 'refused'; readonly code: string }
  /** Certainly without an effect; asking again may help. */
  | { readonly how: 'not executed'; readonly code: string }
  | { readonly how: 'unknown'; readonly code: string };

const KIND_OF_PATH: readonly (readonly [RegExp, Kind])[] = [
  [/^\/v1\/offers\/[^/]+\/bookings$/, 'book'],
  [/^\/v1\/bookings\/[^/]+\/cancel$/, 'cancel'],
  [/^\/v1\/bookings\/[^/]+\/complete$/, 'complete'],
  [/^\/v1\/jobs$/, 'job'],
  [/^\/v1\/jobs\/[^/]+\/attempts\/\d+\/result$/, 'result'],
  [/^\/v1\/wallets\/[^/]+\/transfers$/, 'transfer'],
];

/** The codes by which the system promises that nothing was done. */
const NOT_EXECUTED: ReadonlySet<string> = new Set([
  'module_unavailable',
  'unavailable',
  'overloaded',
  'unsupported_version',
  'deadline_exceeded',
  'concurrency_conflict',
  'too_many_requests',
  'wallet.escrow_not_ready',
  'blockchain.busy',
  'blockchain.execution_timed_out',
  'blockchain.not_ready',
]);

export const kindOf = (path: string): Kind | undefined => KIND_OF_PATH.find(([pattern]) => pattern.test(path))?.[1];

export function outcomeOf(answer: Answer): Outcome {
  const { status } = answer;
  if (status < 300) return { how: 'acknowledged', answer: answer.json };
  let code: string;
  try {
    ({ code } = answer.refusal);
  } catch {
    return { how: 'unknown', code: `${status} without a problem document` };
  }
  if (code === 'already_done') return { how: 'acknowledged', answer: undefined };
  if (NOT_EXECUTED.has(code)) return { how: 'not executed', code };
  return { how: status >= 500 ? 'unknown' : 'refused', code };
}

/** What a request that got no answer leaves its client with. */
export function outcomeOfFailure(error: unknown): Outcome {
  const { cause, name } = error as { cause?: { code?: string }; name?: string };
  if (cause?.code === 'ECONNREFUSED') return { how: 'not executed', code: 'connection refused' };
  if (name === 'TimeoutError') return { how: 'unknown', code: 'no answer' };
  return { how: 'unknown', code: 'connection lost' };
}

/** One wish of a client: the same request under the same Idempotency-Key, however often it has to be sent. */
export class Operation {
  readonly key = randomUUID();
  readonly startedAt = Date.now();
  readonly outcomes: Outcome[] = [];
  endedAt?: number;
  /** Its client stopped asking, having been told each time that nothing was done. */
  wasAbandoned = false;

  constructor(
    readonly kind: Kind,
    readonly path: string,
    readonly body: Readonly<Record<string, unknown>>,
  ) {}

  tried(outcome: Outcome): void {
    this.outcomes.push(outcome);
    if (this.endedAt !== undefined) return;
    if (outcome.how === 'acknowledged' || outcome.how === 'refused') this.endedAt = Date.now();
  }

  abandon(): void {
    this.wasAbandoned = true;
    this.endedAt = Date.now();
  }

  get mayHaveBeenExecuted(): boolean {
    return this.outcomes.some(({ how }) => how === 'unknown');
  }

  /** How it ended for its client: `unknown` where it never learnt. */
  get end(): Outcome['how'] | 'abandoned' {
    if (this.wasAbandoned) return 'abandoned';
    const last = this.outcomes.at(-1);
    return last && this.endedAt !== undefined ? last.how : 'unknown';
  }

  /** The ids in all the answers by which it was acknowledged: of one wish they are one. */
  get acknowledgedIds(): string[] {
    const ids = this.outcomes.flatMap((outcome) =>
      outcome.how === 'acknowledged' ? [(outcome.answer as { id?: string } | undefined)?.id ?? ''] : [],
    );
    return [...new Set(ids.filter((id) => id !== ''))];
  }

  /** What it was told. @throws Error unless it was acknowledged */
  answer<T>(): T {
    const last = this.outcomes.at(-1);
    if (last?.how !== 'acknowledged') throw new Error(`${this.kind} ${this.path} was not acknowledged.`);
    return last.answer as T;
  }

  /** The part of the path after `name`, such as the id in `/v1/bookings/<id>/cancel`. */
  idAfter(name: string): string {
    const parts = this.path.split('/');
    return parts[parts.indexOf(name) + 1]!;
  }
}

/** Everything that clients asked and heard while one fault went on. */
export class Journal {
  readonly operations: Operation[] = [];
  /** Requests that failed, operations and reads alike, by what their client saw. */
  readonly failures = new Map<string, number>();
  /** What clients found wrong by themselves, as sentences. */
  readonly complaints: string[] = [];
  requests = 0;

  heard(outcome: Outcome): void {
    this.requests += 1;
    if (outcome.how === 'acknowledged' || outcome.how === 'refused') return;
    this.failures.set(outcome.code, (this.failures.get(outcome.code) ?? 0) + 1);
  }

  ended(...hows: Operation['end'][]): Operation[] {
    return this.operations.filter(({ end }) => hows.includes(end));
  }

  /** The longest time in which no operation was acknowledged, in milliseconds, between `from` and `to`. */
  longestSilence(from: number, to: number): number {
    const successes = this.ended('acknowledged').map(({ endedAt }) => endedAt!);
    const times = [from, ...successes.filter((at) => at > from && at < to).toSorted((a, b) => a - b), to];
    return Math.max(...times.slice(1).map((at, index) => at - times[index]!));
  }

  /** The longest time that one client had to ask until it was acknowledged, in milliseconds. */
  get slowest(): number {
    return Math.max(0, ...this.ended('acknowledged').map(({ startedAt, endedAt }) => endedAt! - startedAt));
  }
}
