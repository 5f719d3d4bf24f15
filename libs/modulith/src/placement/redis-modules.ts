import { setTimeout as pause } from 'node:timers/promises';
import { context as otel, SpanKind, trace } from '@opentelemetry/api';
import type { MessageMetrics } from '../bus/message-metrics.js';
import { failSpan, startSendSpan } from '../bus/spans.js';
import { currentTraceparent, withTraceparent } from '../context/message-context.js';
import type { MessageMetadata } from '../context/metadata.js';
import {
  DeadlineExceeded,
  DomainError,
  MessageTooLarge,
  ModuleUnavailable,
  OutcomeUnknown,
  Overloaded,
  saysNotExecuted,
  Unavailable,
} from '../contract/errors.js';
import type { ContractRegistry, EncodedError, MessageType } from '../contract/registry.js';
import type { Publication } from '../outbox/publication.js';
import { Breakers, type BreakerState } from '../resilience/breakers.js';
import { RetryBudget } from '../resilience/retry-budget.js';
import { isProcess } from '../transport/keys.js';
import type { ProcessInfo } from '../transport/options.js';
import { NotSent, type Reply, type Request } from '../transport/client.js';
import { type Connection, eventsOf } from './distribution.js';
import type { DeliveryOptions, RemoteModules } from './options.js';
import { type CallMeta, metaOfCall, metaOfEvent } from './wire.js';

/** The limit of unanswered calls per module; further calls are rejected. */
const MAX_PENDING = 1_024;
const RETRIES = 3;
/** How long an event delivery waits for its confirmation before the outbox sends it again. */
const DELIVERY_DEADLINE_MS = 30_000;

/** The process ended before it answered. */
export class ProcessGone extends Error {
  constructor(process: string) {
    super(`The process ${process} is gone.`);
  }
}

/** Reaches modules in other processes over Redis. */
export class RedisModules implements RemoteModules {
  readonly breakers = new Breakers();
  private readonly budgets = new Map<string, RetryBudget>();
  /** Callers that wait for the answer of a particular process. */
  private readonly awaited = new Map<string, Set<() => void>>();

  constructor(
    private readonly connection: Connection,
    private readonly registry: ContractRegistry,
    private readonly metrics: MessageMetrics,
  ) {
    connection.presence.onGone(({ id }) => this.awaited.get(id)?.forEach((giveUp) => giveUp()));
  }

  /** The state of calls to a module. */
  stateOf(module: string): { breaker: BreakerState; unanswered: number } {
    return { breaker: this.breakers.stateOf(module), unanswered: this.connection.client.pendingOf(module) };
  }

  isReachable(module: string): boolean {
    return this.connection.presence.hosting(module).length > 0;
  }

  send(type: MessageType, message: object, metadata: MessageMetadata, repeatable: boolean): Promise<unknown> {
    return this.sendTo(type.owner, type, message, metadata, repeatable);
  }

  /**
   * Sends a command to a particular replica of its owner.
   * @throws ProcessGone if that process ended without an answer; it may have executed the command.
   */
  async sendToProcess(
    { id }: ProcessInfo,
    type: MessageType,
    message: object,
    metadata: MessageMetadata,
  ): Promise<unknown> {
    let giveUp!: () => void;
    const gone = new Promise<never>((_, reject) => (giveUp = () => reject(new ProcessGone(id))));
    const waiting = this.awaited.get(id) ?? new Set();
    this.awaited.set(id, waiting.add(giveUp));
    try {
      // If that process ends, the command is executed here: it may be a repeat there, too.
      return await Promise.race([this.sendTo(`@${id}`, type, message, metadata, true), gone]);
    } finally {
      waiting.delete(giveUp);
      if (waiting.size === 0) this.awaited.delete(id);
    }
  }

  private async sendTo(
    service: string,
    type: MessageType,
    message: object,
    metadata: MessageMetadata,
    repeatable: boolean,
  ): Promise<unknown> {
    const started = performance.now();
    const { id, deadline } = metadata;
    const span = startSendSpan({
      name: type.sendLabel,
      messageId: id,
      destination: service,
      kind: SpanKind.CLIENT,
    });
    let outcome = 'ok';
    // This attempt was not sent; an earlier one may have been.
    const unsent = (refusal: unknown) =>
      repeatable && type.kind === 'command' && saysNotExecuted(refusal)
        ? new OutcomeUnknown(type.wireName, id)
        : refusal;
    try {
      if (!this.isReachable(type.owner)) throw unsent(new ModuleUnavailable(type.owner));
      if (Date.now() >= deadline) throw unsent(new DeadlineExceeded(type.wireName));
      const body = this.registry.codec.encode(message);
      const meta = metaOfCall(type, metadata, repeatable, currentTraceparent(trace.setSpan(otel.active(), span)));
      const request: Request = { id, name: type.wireName, meta, body, deadline };
      const answer = await this.ask(service, type, request).catch((error: unknown) => {
        throw unsent(error);
      });
      if (answer instanceof DomainError) throw answer;
      return this.registry.codec.decode(answer.body);
    } catch (error) {
      failSpan(span, error);
      outcome = error instanceof DomainError ? error.code : 'internal_error';
      throw error;
    } finally {
      span.end();
      this.metrics.observe(type, '', outcome, performance.now() - started, 'remote');
    }
  }

  async deliver(module: string, publication: Publication, options: DeliveryOptions): Promise<void> {
    const { messageId: id, name, payload: body, metadata } = publication;
    const destination = eventsOf(module);
    const traced = withTraceparent(metadata.traceparent);
    const span = metadata.traceparent
      ? otel.with(traced, () =>
          startSendSpan({ name: `send ${name}`, messageId: id, destination, kind: SpanKind.PRODUCER }),
        )
      : undefined;
    // The remote handler continues from the delivery, which may not be the first.
    const traceparent = span && currentTraceparent(trace.setSpan(traced, span));
    const meta = metaOfEvent({ ...publication, metadata: { ...metadata, traceparent } }, options);
    const deadline = Date.now() + DELIVERY_DEADLINE_MS;
    try {
      const reply = await this.connection.client.request(destination, { id, name, meta, body, deadline });
      if (!reply.ok) throw this.errorOf(reply);
    } catch (error) {
      if (span) failSpan(span, error);
      throw error;
    } finally {
      span?.end();
    }
  }

  /**
   * Within the retry budget, retries what a replica refused without executing: another replica may accept it. Also
   * retries an unknown outcome: under the same id it is executed once, and the next answer may be definite.
   */
  private async ask(service: string, type: MessageType, first: Request): Promise<Reply | DomainError> {
    const budget = this.budgetOf(type.owner);
    budget.earn();
    let request = first;
    for (let attempt = 1; ; attempt++) {
      const reply = await this.askOnce(service, type, request);
      if (reply.ok) return reply;
      const error = this.refusalOf(reply, type, request);
      const isUnknown = error instanceof OutcomeUnknown;
      const wasRefused = isUnknown || error instanceof Overloaded || error instanceof Unavailable;
      if (!wasRefused || attempt > RETRIES || Date.now() >= request.deadline || !budget.spend()) return error;
      if (isUnknown) request = { ...request, meta: { ...(request.meta as CallMeta), repeatable: true } };
      await pause(Math.random() * 20 * 2 ** attempt);
    }
  }

  /** A refusal says nothing about another copy of the request that may be in progress. */
  private refusalOf(reply: Reply, type: MessageType, { id }: Request): DomainError {
    const error = this.errorOf(reply);
    const { mayBeDone } = (reply.meta ?? {}) as { mayBeDone?: boolean };
    const isUnknown = type.kind === 'command' && (reply.wasResent || mayBeDone) && saysNotExecuted(error);
    return isUnknown ? new OutcomeUnknown(type.wireName, id) : error;
  }

  private async askOnce(service: string, type: MessageType, request: Request): Promise<Reply> {
    const { client } = this.connection;
    if (client.pendingOf(service) >= MAX_PENDING) throw new Overloaded(type.owner);
    const ask = () => client.request(service, request);
    try {
      // The failure of a single process says nothing about the others.
      return await (isProcess(service) ? ask() : this.breakers.run(type.owner, ask));
    } catch (error) {
      if (error instanceof DomainError) throw error;
      if (error instanceof NotSent) {
        throw error.reason === 'too_large' ? new MessageTooLarge(type.wireName) : new Unavailable(type.owner);
      }
      throw type.kind === 'command'
        ? new OutcomeUnknown(type.wireName, request.id)
        : new DeadlineExceeded(type.wireName);
    }
  }

  private errorOf(reply: Reply): DomainError {
    return this.registry.decodeError(JSON.parse(reply.body) as EncodedError);
  }

  private budgetOf(module: string): RetryBudget {
    let budget = this.budgets.get(module);
    if (!budget) this.budgets.set(module, (budget = new RetryBudget()));
    return budget;
  }
}
