import { Injectable, Logger } from '@nestjs/common';
import { type Context, context as otel, trace } from '@opentelemetry/api';
import { currentContext, metadataForSend, type Outgoing, type Sent, withMessage } from '../context/message-context.js';
import type { MessageMetadata } from '../context/metadata.js';
import {
  AlreadyDone,
  DeadlineExceeded,
  DomainError,
  InternalError,
  ModuleUnavailable,
  ModulithError,
  OutcomeUnknown,
  Overloaded,
  saysNotExecuted,
  Unavailable,
  UnsupportedVersion,
  ValidationFailed,
} from '../contract/errors.js';
import { assertMayTravel } from '../contract/message-size.js';
import type { EncodedError, MessageType } from '../contract/registry.js';
import type { Scope } from '../context/scope.js';
import { Canary } from '../placement/canary.js';
import { ProcessGone } from '../placement/redis-modules.js';
import { Runtime } from '../placement/runtime.js';
import type { ProcessInfo } from '../transport/options.js';
import { AlreadyHandled, FinalRejection, RejectedBefore } from '../unit-of-work/not-applied.js';
import { isPassingFailure } from '../unit-of-work/passing-failure.js';
import { watchDeadline } from '../resilience/deadlines.js';
import { failSpan, startSpan } from './spans.js';

export interface MessageHandler {
  execute(message: object): unknown;
}

/** Whether a received message may have been, or may be, delivered more than once. */
export interface Repeats {
  /** The same id may be delivered again. */
  readonly isRepeatable: boolean;
  /** The same id may have been delivered before. */
  readonly mayBeRepeat: boolean;
  /** The time (`performance.now()`) from which another process may handle it concurrently; absent if none can. */
  readonly twinsFrom?: number;
}

/** The limit of concurrent commands and queries per module; further calls are rejected. */
const MAX_IN_FLIGHT = 512;
/** Not valid JSON, so no encoded result equals it. */
const RESULT_WAS_SECRET = 'secret';

/** Routes commands and queries to the handler of the owning module, and returns the result or the error. */
@Injectable()
export class Dispatcher {
  private readonly logger = new Logger('Modulith');
  private readonly handlers = new Map<MessageType, MessageHandler>();
  private readonly inFlight = new Map<string, number>();

  constructor(
    private readonly runtime: Runtime,
    private readonly canary: Canary,
  ) {}

  register(type: MessageType, handler: MessageHandler): void {
    this.handlers.set(type, handler);
  }

  handles(type: MessageType): boolean {
    return this.handlers.has(type);
  }

  /**
   * Sends a message to its owner, local or remote. Also rejects when the message cannot be sent, so callers handle one
   * kind of failure.
   */
  send(message: object): Promise<unknown> {
    try {
      const sender = currentContext();
      const type = this.runtime.registry.messageOf(message);
      if (sender?.scope?.isOpen) throw unitOfWorkOpen(type, sender.scope);
      const outgoing = metadataForSend(type.wireName);
      const route = () => this.routeFrom(sender?.scope, type, message, outgoing);
      if (!sender?.replay) return route();
      const answer = this.replayed(sender.replay, outgoing.place, type, message, route);
      return sender.scope ? sender.scope.whileAsking(answer) : answer;
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /**
   * When a unit of work reruns its handler after a conflict, messages that it has already sent get their previous
   * answers.
   */
  private async replayed(
    replay: Map<string, Sent>,
    place: string,
    type: MessageType,
    message: object,
    route: () => Promise<unknown>,
  ) {
    const { codec } = this.runtime.registry;
    const before = replay.get(place);
    // A command in the same position has the same id and was executed; a different query has a different answer.
    const isSame = before && (type.kind === 'command' || codec.encode(before.message) === codec.encode(message));
    const sent = isSame ? before : { message, answer: route() };
    replay.set(place, sent);
    // Each run gets its own copy: the previous run may have mutated the answer.
    return codec.copy(await sent.answer);
  }

  private routeFrom(scope: Scope | undefined, type: MessageType, message: object, sent: Outgoing): Promise<unknown> {
    if (type.kind !== 'command' || !scope?.beforeSending) return this.route(type, message, sent);
    const command = { messageId: sent.metadata.id, handler: type.wireName, module: type.owner };
    return scope.beforeSending(command).then(() => this.route(type, message, sent));
  }

  private route(
    type: MessageType,
    message: object,
    { metadata, isRepeatable, mayBeRepeat }: Outgoing,
  ): Promise<unknown> {
    if (this.runtime.hosts(type.owner)) {
      const elsewhere = this.canary.elsewhere(type, message, metadata);
      if (elsewhere) return this.sendElsewhere(elsewhere, type, message, metadata);
      return this.receive(type, this.owned(type, message), metadata, { isRepeatable, mayBeRepeat });
    }
    if (!this.runtime.remote) throw new ModuleUnavailable(type.owner);
    return this.runtime.remote.send(type, message, metadata, mayBeRepeat && type.kind === 'command');
  }

  /** Falls back to local execution if the remote process did not execute the message, or ended before it answered. */
  private async sendElsewhere(
    process: ProcessInfo,
    type: MessageType,
    message: object,
    metadata: MessageMetadata,
  ): Promise<unknown> {
    try {
      return await this.runtime.redisModules!.sendToProcess(process, type, message, metadata);
    } catch (error) {
      const isForHome =
        error instanceof ProcessGone ||
        error instanceof OutcomeUnknown ||
        error instanceof Unavailable ||
        error instanceof Overloaded ||
        error instanceof ModuleUnavailable ||
        error instanceof UnsupportedVersion;
      if (!isForHome) throw error;
      return this.receive(type, this.owned(type, message), metadata, { isRepeatable: true, mayBeRepeat: true });
    }
  }

  /** A deep copy for the receiver: equal, sharing no mutable state. */
  private owned<T>(type: MessageType, value: T): T {
    const { registry, options } = this.runtime;
    if (options.parity === 'fast') return registry.codec.copy(value);
    const encoded = registry.codec.encode(value);
    assertMayTravel(type.wireName, encoded, options.transport?.maxFrameBytes);
    return registry.codec.decode(encoded) as T;
  }

  /** Handles a message of a module hosted here. */
  receive(type: MessageType, message: object, metadata: MessageMetadata, repeats: Repeats): Promise<unknown> {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const fail = (refusal: DomainError) => {
        const error = mayBeDoneYet(type, refusal, repeats) ? new OutcomeUnknown(type.wireName, metadata.id) : refusal;
        this.runtime.metrics.observe(type, '', error.code, performance.now() - started);
        reject(error);
      };
      if (Date.now() >= metadata.deadline) return fail(new DeadlineExceeded(type.wireName));
      if (!this.enter(type.owner)) return fail(new Overloaded(type.owner));
      watchDeadline(this.handle(type, message, metadata, repeats), metadata.deadline, {
        done: (result) => {
          this.runtime.metrics.observe(type, '', 'ok', performance.now() - started);
          resolve(result);
        },
        failed: (error) => fail(this.report(type, error)),
        late: () => fail(lateError(type, metadata)),
      });
    });
  }

  private async handle(type: MessageType, message: object, metadata: MessageMetadata, repeats: Repeats) {
    const span = startSpan(type.label, metadata.id);
    try {
      const problems = type.validate(message);
      if (problems) throw new ValidationFailed(problems);
      const traced = trace.setSpan(otel.active(), span);
      const handler = this.handlers.get(type)!;
      const { database } = this.runtime.module(type.owner)!;
      const result =
        type.kind === 'query' || !database.dataSource
          ? await this.answer(type, handler, message, metadata, repeats, traced)
          : await otel.with(traced, () => this.carryOut(type, handler, message, metadata, repeats));
      return this.owned(type, result);
    } catch (error) {
      failSpan(span, error);
      throw error;
    } finally {
      span.end();
      this.leave(type.owner);
    }
  }

  /** Handles a query, or a command of a module without storage: there is no unit of work. */
  private answer(
    type: MessageType,
    handler: MessageHandler,
    message: object,
    { id, correlationId, causationId, principal, origin, deadline, attempt }: MessageMetadata,
    { mayBeRepeat, twinsFrom }: Repeats,
    traced: Context,
  ): unknown {
    const idSeed = type.kind === 'command' ? id : undefined;
    const isFirst = attempt === 1 && !mayBeRepeat && twinsFrom === undefined;
    const scope = this.runtime.module(type.owner)!.reading;
    const own = { idSeed, attempt, isFirst, scope };
    const context = { id, correlationId, causationId, principal, origin, deadline, ...own };
    return otel.with(withMessage(context, traced), () => handler.execute(message));
  }

  private async carryOut(
    type: MessageType,
    handler: MessageHandler,
    message: object,
    metadata: MessageMetadata,
    { isRepeatable, mayBeRepeat, twinsFrom }: Repeats,
  ): Promise<unknown> {
    const { registry } = this.runtime;
    const { database } = this.runtime.module(type.owner)!;
    try {
      return await database.run(
        {
          name: type.wireName,
          message: metadata,
          idSeed: metadata.id,
          inbox: {
            handler: type.wireName,
            encodeResult: (result) => this.recordable(result),
            encodeRejection: (error) => this.rejection(error),
          },
          // Regardless of what it did: a repeat gets the recorded answer and is not evaluated against newer state.
          recordAlways: isRepeatable,
          mayBeRepeat,
          mayHaveTwin: twinsFrom !== undefined,
          hasDeadline: true,
        },
        () => handler.execute(message),
      );
    } catch (error) {
      if (error instanceof RejectedBefore) {
        throw new FinalRejection(registry.decodeError(JSON.parse(error.recorded) as EncodedError));
      }
      if (!(error instanceof AlreadyHandled)) throw error;
      if (error.recorded === RESULT_WAS_SECRET) throw new AlreadyDone(type.wireName);
      return error.recorded === null ? undefined : registry.codec.decode(error.recorded);
    }
  }

  /** The rejection as the inbox stores it; undefined for a fault, which does not prove that nothing was done. */
  private rejection(error: unknown): string | undefined {
    if (!(error instanceof DomainError) || error instanceof OutcomeUnknown) return undefined;
    const encoded = this.runtime.registry.encodeError(error);
    return encoded.code === InternalError.code ? undefined : JSON.stringify(encoded);
  }

  /** The result as the inbox stores it; secret results are not stored. */
  private recordable(result: unknown): string | null {
    if (result === undefined) return null;
    const encoded = this.runtime.registry.codec.encode(result);
    return encoded.includes('"$x":') ? RESULT_WAS_SECRET : encoded;
  }

  /** Errors leave as they would between processes: known errors keep their class, any other loses its details. */
  private report(type: MessageType, error: unknown): DomainError {
    const { registry } = this.runtime;
    if (error instanceof FinalRejection) return markFinal(this.report(type, error.cause));
    const isOutage = !(error instanceof DomainError) && isPassingFailure(error);
    if (isOutage) this.logger.warn(`${type.wireName} met an outage: ${String(error)}`);
    const reported = registry.decodeError(registry.encodeError(isOutage ? new Unavailable(type.owner) : error));
    if (reported.kind === 'internal' && !(error instanceof DomainError && error.kind === 'internal')) {
      this.logger.error(`${type.wireName} failed`, error instanceof Error ? error.stack : String(error));
    }
    return reported;
  }

  private enter(module: string): boolean {
    const count = this.inFlight.get(module) ?? 0;
    if (count >= MAX_IN_FLIGHT) return false;
    this.inFlight.set(module, count + 1);
    return true;
  }

  private leave(module: string): void {
    this.inFlight.set(module, this.inFlight.get(module)! - 1);
  }
}

/** Rejections that no other attempt can contradict. */
const finalRejections = new WeakSet<DomainError>();

function markFinal(rejection: DomainError): DomainError {
  finalRejections.add(rejection);
  return rejection;
}

/** Whether a refusal claims too much: another attempt at the same command may have executed it, or may still. */
function mayBeDoneYet({ kind }: MessageType, refusal: DomainError, { mayBeRepeat, twinsFrom }: Repeats): boolean {
  if (kind !== 'command' || !saysNotExecuted(refusal) || finalRejections.has(refusal)) return false;
  return mayBeRepeat || (twinsFrom !== undefined && performance.now() > twinsFrom);
}

/** The outcome of an expired command is unknown; an expired query just has no answer. */
function lateError(type: MessageType, { id }: MessageMetadata): DomainError {
  return type.kind === 'command' ? new OutcomeUnknown(type.wireName, id) : new DeadlineExceeded(type.wireName);
}

function unitOfWorkOpen(type: MessageType, { module }: Scope): ModulithError {
  return new ModulithError(
    'unit_of_work_open',
    `${type.wireName} was sent while a unit of work of "${module}" was open: ask before the first use of a repository, or publish an event.`,
  );
}
