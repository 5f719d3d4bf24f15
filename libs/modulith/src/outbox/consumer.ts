import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { context as otel } from '@opentelemetry/api';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { nextAttempt, withTraceparent } from '../context/message-context.js';
import type { MessageMetadata } from '../context/metadata.js';
import { DeadlineExceeded, DomainError } from '../contract/errors.js';
import { watchDeadline } from '../resilience/deadlines.js';
import type { ContractRegistry, MessageType, ModuleSubscription } from '../contract/registry.js';
import type { MessageMetrics } from '../bus/message-metrics.js';
import { inEventSpan } from '../bus/spans.js';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { AlreadyHandled, LaneParked } from '../unit-of-work/not-applied.js';
import { isPassingFailure } from '../unit-of-work/passing-failure.js';
import { quote } from '../unit-of-work/unit.js';
import type { Publication } from './publication.js';

export interface EventHandler {
  handle(event: object): unknown;
}

export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** How long (10 s) an event whose handler's dependency is unavailable waits in memory before it is delayed. */
  readonly patienceMs?: number;
  /** The minimum time (5 s) before a delayed event is retried. */
  readonly delayMs?: number;
}

export const defaultRetryPolicy: RetryPolicy = { attempts: 5, firstDelayMs: 100, maxDelayMs: 5_000 };

interface ApplyOptions {
  readonly mayBeRepeat: boolean;
  /** The key whose dead letters take precedence. */
  readonly lane?: string;
  /** Literal statements that are committed with the effect. */
  readonly alongside?: readonly string[];
}

interface NewLetter {
  readonly state: 'failed' | 'waiting' | 'delayed';
  readonly attempts: number;
  readonly error?: unknown;
  /** When a delayed event is retried. */
  readonly retryAt?: number;
}

const MAX_PARALLEL_LANES = 32;
/**
 * The limit of events that wait in memory for an unavailable dependency; beyond it an event is delayed at its first
 * failure.
 */
const MAX_PAUSING = 64;
const PATIENCE_MS = 10_000;
const DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 60_000;
const HANDLER_DEADLINE_MS = 60_000;

/**
 * Delivers events to one module. Each (handler, key) is a lane: one event at a time, in order, retried in place. An
 * event that keeps failing becomes a dead letter and parks its lane: later events of that key wait behind it, for that
 * handler only, until an operator replays or discards it.
 *
 * An outage is never the event's fault, however long it lasts, but a waiting event occupies a slot that others need.
 * After a while it is stored as delayed, which also parks its lane, and the module's leader retries it.
 */
export class Consumer {
  private readonly logger = new Logger('Consumer');
  private readonly handlers = new Map<string, EventHandler>();
  private readonly lanes = new Map<string, Promise<void>>();
  /** Lanes known to be parked. Only a cache that saves useless handler runs: the database decides. */
  private readonly parked = new Set<string>();
  private readonly waitingForSlot: (() => void)[] = [];
  private free = MAX_PARALLEL_LANES;
  private pausing = 0;
  private readonly stopping = new AbortController();

  constructor(
    readonly database: ModuleDatabase,
    private readonly registry: ContractRegistry,
    private readonly metrics: MessageMetrics,
    private readonly retry: RetryPolicy,
    /** Tells the other replicas that a lane is parked. */
    private readonly tellParked: (handler: string, key: string) => void = () => undefined,
  ) {}

  register(handlerName: string, handler: EventHandler): void {
    this.handlers.set(handlerName, handler);
  }

  /** Reads which lanes are parked; before the first delivery. */
  async start(): Promise<void> {
    const rows = await this.database.read<{ handler: string; key: string }>(
      `SELECT DISTINCT handler, key FROM ${this.database.tables.deadLetters}`,
    );
    for (const row of rows) this.park(row.handler, row.key);
  }

  /** Receives a hint that a dead letter of this handler and key exists. */
  park(handler: string, key: string): void {
    this.parked.add(laneName(handler, key));
  }

  stop(): void {
    this.stopping.abort();
  }

  /** Resolves when this module's durable handler has applied the event or stored it as a dead letter. */
  accept(publication: Publication, subscription: ModuleSubscription, mayBeRepeat: boolean): Promise<void> {
    return this.inLane(subscription.handler, publication.key, () =>
      this.process(publication, subscription.handler, mayBeRepeat),
    );
  }

  /** Runs `work` after everything already queued for this handler and key. */
  inLane(handler: string, key: string, work: () => Promise<void>): Promise<void> {
    const name = laneName(handler, key);
    // The caller that queued the previous work gets its error.
    const turn = (this.lanes.get(name) ?? Promise.resolve()).catch(() => undefined).then(work);
    this.lanes.set(name, turn);
    const end = () => {
      if (this.lanes.get(name) === turn) this.lanes.delete(name);
    };
    turn.then(end, end);
    return turn;
  }

  private async process(publication: Publication, handler: string, mayBeRepeat: boolean): Promise<void> {
    this.stopping.signal.throwIfAborted();
    if (this.parked.has(laneName(handler, publication.key)) && (await this.wait(publication, handler))) return;
    let attempts = 0;
    const since = performance.now();
    for (let tries = 1; ; tries++) {
      this.stopping.signal.throwIfAborted();
      try {
        return await this.apply(publication, handler, { mayBeRepeat: mayBeRepeat || tries > 1, lane: publication.key });
      } catch (error) {
        if (error instanceof LaneParked) {
          if (await this.wait(publication, handler)) return;
          continue;
        }
        if (isPassingFailure(error)) {
          if (this.mustYield(since) && (await this.postpone(publication, handler, { attempts: tries, error }))) return;
        } else attempts += 1;
        this.logger.warn(
          `${handler} of "${this.database.module}" failed on ${publication.name} ${publication.messageId} (attempt ${attempts} of ${this.retry.attempts}): ${describe(error)}`,
        );
        if (attempts >= this.retry.attempts) {
          this.logger.error(`${publication.name} ${publication.messageId} is a dead letter`, stackOf(error));
          await this.bury(publication, handler, { state: 'failed', attempts, error });
          return;
        }
        await this.pauseHere(tries);
      }
    }
  }

  private mustYield(since: number): boolean {
    return performance.now() - since >= (this.retry.patienceMs ?? PATIENCE_MS) || this.pausing >= MAX_PAUSING;
  }

  private async pauseHere(tries: number): Promise<void> {
    this.pausing += 1;
    try {
      await this.pause(tries);
    } finally {
      this.pausing -= 1;
    }
  }

  /**
   * Stores an event for a later attempt; false if the database itself is unavailable, since then the whole module is
   * stalled.
   */
  private async postpone(
    publication: Publication,
    handler: string,
    { attempts, error }: { attempts: number; error: unknown },
  ): Promise<boolean> {
    try {
      const letter = { state: 'delayed', attempts, error, retryAt: this.nextAttempt(Date.now()) } as const;
      await this.database.write(this.insertion(publication, handler, letter));
    } catch (failure) {
      if (!isPassingFailure(failure)) throw failure;
      return false;
    }
    this.logger.warn(`${publication.name} ${publication.messageId} is delayed: ${describe(error)}`);
    this.park(handler, publication.key);
    this.tellParked(handler, publication.key);
    return true;
  }

  /** The time of the next attempt: the delay grows with the waiting time, up to a minute. */
  nextAttempt(delayedSince: number): number {
    const now = Date.now();
    const wait = Math.min(Math.max(this.retry.delayMs ?? DELAY_MS, (now - delayedSince) / 2), LONGEST_DELAY_MS);
    return Math.round(now + wait * (0.75 + Math.random() / 2));
  }

  /** Applies a delayed event, with as many attempts as a new event gets if the failure is its own. */
  async applyDelayed(publication: Publication, handler: string, options: ApplyOptions): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.apply(publication, handler, options);
      } catch (error) {
        if (isPassingFailure(error) || tries >= this.retry.attempts) throw error;
        await this.pause(tries);
      }
    }
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /**
   * Applies an event in one unit of work.
   * @throws LaneParked if `lane` is given and a dead letter of this handler and key takes precedence.
   */
  async apply(publication: Publication, handler: string, options: ApplyOptions): Promise<void> {
    const type = this.registry.ofWireName(publication.name) as MessageType | undefined;
    const instance = this.handlers.get(handler);
    if (!type || !instance) throw new Error(`Nothing here handles ${publication.name} as ${handler}.`);
    await this.takeSlot();
    const started = performance.now();
    let outcome = 'ok';
    try {
      const message = handlingMetadata(publication);
      await inTime(this.handle(publication, message, type, handler, instance, options), message.deadline, handler);
    } catch (error) {
      if (!(error instanceof AlreadyHandled)) {
        outcome = outcomeOf(error);
        throw error;
      }
      outcome = 'repeat';
      if (options.alongside) await this.database.write(options.alongside);
    } finally {
      this.releaseSlot();
      this.metrics.observe(type, handler, outcome, performance.now() - started);
    }
  }

  private handle(
    publication: Publication,
    message: MessageMetadata,
    type: MessageType,
    handler: string,
    instance: EventHandler,
    { mayBeRepeat, lane, alongside }: ApplyOptions,
  ): Promise<unknown> {
    const { name: event, messageId, key } = publication;
    const parent = withTraceparent(publication.metadata.traceparent);
    return otel.with(parent, () =>
      inEventSpan({ event, handler, module: this.database.module, messageId, key }, () =>
        this.database.run(
          {
            name: `${handler} on ${publication.name}`,
            message,
            // Other handlers of the same event must get different ids for their messages.
            idSeed: uuidv5(handler, publication.messageId),
            inbox: { handler, lane },
            recordAlways: true,
            hasDeadline: true,
            mayBeRepeat,
            alongside,
          },
          async () => instance.handle(this.decode(publication, type)),
        ),
      ),
    );
  }

  /** Delivers an event once, without inbox or retry: bounded subscriptions. */
  async offer(publication: Publication, handler: string): Promise<void> {
    const type = this.registry.ofWireName(publication.name) as MessageType;
    const instance = this.handlers.get(handler)!;
    const message = handlingMetadata(publication);
    const idSeed = uuidv5(handler, publication.messageId);
    const { name: event, messageId, key } = publication;
    await otel.with(withTraceparent(publication.metadata.traceparent), () =>
      inEventSpan({ event, handler, module: this.database.module, messageId, key }, () =>
        this.database.run({ name: `${handler} on ${publication.name}`, message, idSeed }, async () =>
          instance.handle(this.decode(publication, type)),
        ),
      ),
    );
  }

  private decode(publication: Publication, type: MessageType): object {
    const event = this.registry.codec.decode(publication.payload) as object;
    const problems = type.validate(event);
    if (problems) throw new Error(`${publication.name} is invalid: ${JSON.stringify(problems)}`);
    return event;
  }

  /** Queues an event behind the dead letters of its lane; false if there are none any more. */
  private async wait(publication: Publication, handler: string): Promise<boolean> {
    await this.bury(publication, handler, { state: 'waiting', attempts: 0 });
    const { deadLetters, inbox } = this.database.tables;
    const same = `message_id = ${quote(publication.messageId)} AND handler = ${quote(handler)}`;
    const rows = await this.untilDone(() =>
      this.database.read(`SELECT 1 FROM ${deadLetters} WHERE ${same} UNION ALL SELECT 1 FROM ${inbox} WHERE ${same}`),
    );
    if (rows.length === 0) this.parked.delete(laneName(handler, publication.key));
    return rows.length > 0;
  }

  private async bury(publication: Publication, handler: string, letter: NewLetter): Promise<void> {
    await this.untilDone(() => this.database.write(this.insertion(publication, handler, letter)));
    this.park(handler, publication.key);
    if (letter.state === 'failed') this.tellParked(handler, publication.key);
  }

  private insertion(
    publication: Publication,
    handler: string,
    { state, attempts, error, retryAt }: NewLetter,
  ): string[] {
    const code = error instanceof DomainError ? error.code : error ? 'internal_error' : 'parked';
    const values = [
      uuidv7(),
      publication.messageId,
      publication.name,
      handler,
      publication.key,
      publication.payload,
      JSON.stringify({ ...publication.metadata, publishedAt: publication.publishedAt.getTime() }),
      state,
    ].map(quote);
    const { deadLetters, inbox } = this.database.tables;
    // A repeat of an event that was already applied is not a dead letter.
    const notApplied = `NOT EXISTS (SELECT 1 FROM ${inbox} WHERE message_id = ${quote(publication.messageId)} AND handler = ${quote(handler)})`;
    const lane = `SELECT 1 FROM ${deadLetters} WHERE handler = ${quote(handler)} AND key = ${quote(publication.key)}`;
    const behind = state === 'waiting' ? ` AND EXISTS (${lane})` : '';
    // Waits for a transaction that is emptying the lane; it then either sees this event or leaves nothing to wait
    // behind.
    const locked = state === 'waiting' && this.database.isPostgres ? [`${lane} FOR SHARE`] : [];
    const insert = `INSERT INTO ${deadLetters} (id, message_id, name, handler, key, payload, metadata, state, attempts, error_code, error_message, created_at, retry_at) SELECT ${values.join(', ')}, ${attempts}, ${quote(code)}, ${quote(error ? describe(error) : 'waits behind a dead letter of its key')}, ${Date.now()}, ${retryAt ?? 'NULL'} WHERE ${notApplied}${behind} ON CONFLICT (message_id, handler) DO NOTHING`;
    return [...locked, insert];
  }

  /** Blocks the lane meanwhile: if the event were left for redelivery, later events of its key would overtake it. */
  private async untilDone<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        this.logger.error(`The dead letters of "${this.database.module}" are out of reach`, stackOf(error));
        await this.pause(attempt);
      }
    }
  }

  /** @throws when the process shuts down; unfinished events are delivered again after the next start. */
  private async pause(attempt: number): Promise<void> {
    const longest = Math.min(this.retry.firstDelayMs * 2 ** (attempt - 1), this.retry.maxDelayMs);
    await delay(longest * (0.5 + Math.random() / 2), undefined, { signal: this.stopping.signal });
  }

  private async takeSlot(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waitingForSlot.push(resolve));
  }

  private releaseSlot(): void {
    const next = this.waitingForSlot.shift();
    if (next) next();
    else this.free += 1;
  }
}

/** Work that never settles must not block its lane for ever; if it settles later, its commit is refused. */
function inTime(work: Promise<unknown>, deadline: number, handler: string): Promise<void> {
  return new Promise((resolve, reject) => {
    watchDeadline(work, deadline, {
      done: () => resolve(),
      failed: reject,
      late: () => reject(new DeadlineExceeded(handler)),
    });
  });
}

/** The metadata for handling an event. */
export function handlingMetadata(publication: Publication): MessageMetadata {
  const { correlationId, causationId, principal, origin } = publication.metadata;
  return {
    id: publication.messageId,
    correlationId,
    causationId,
    principal,
    origin,
    publishedAt: publication.publishedAt,
    deadline: Date.now() + HANDLER_DEADLINE_MS,
    attempt: nextAttempt(),
  };
}

function outcomeOf(error: unknown): string {
  if (error instanceof LaneParked) return 'parked';
  return error instanceof DomainError ? error.code : 'internal_error';
}

const laneName = (handler: string, key: string) => `${handler}\u0000${key}`;

const describe = (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

const stackOf = (error: unknown) => (error instanceof Error ? error.stack : String(error));
