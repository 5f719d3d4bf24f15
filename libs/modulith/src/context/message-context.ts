import {
  context as otel,
  type Context,
  createContextKey,
  INVALID_TRACEID,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { v5 as uuidv5 } from 'uuid';
import { Unauthenticated } from '../contract/errors.js';
import { LinkedContext } from './linked-context.js';
import { newMessageId } from './message-id.js';
import type { MessageMetadata, Principal } from './metadata.js';
import type { Scope } from './scope.js';

/** A message that was sent once, and its answer. */
export interface Sent {
  readonly message: object;
  readonly answer: Promise<unknown>;
}

/** The metadata of the message being handled, and what its handling needs. */
export interface MessageContext extends MessageMetadata {
  /** Seeds the ids of the messages sent from here, so that a repeat sends the same ids. Absent: random ids. */
  readonly idSeed?: string;
  /** What is sent from here was certainly not sent before under the same ids. */
  readonly isFirst?: boolean;
  /**
   * How many messages of each type were sent from here, by wire name. Not of all types together: a repeat may find an
   * answer in a cache that the first one had to ask for, and what it sends then must not take over another's id.
   */
  sent?: Map<string, number>;
  readonly scope?: Scope;
  /** What an earlier attempt at the same handler sent, and the answers. */
  readonly replay?: Map<string, Sent>;
}

const MESSAGE = createContextKey('modulith message');
const DEFAULT_DEADLINE_MS = 30_000;

// One AsyncLocalStorage serves both: the message context rides in OpenTelemetry's.
otel.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

export function currentContext(): MessageContext | undefined {
  return otel.active().getValue(MESSAGE) as MessageContext | undefined;
}

export function withMessage(message: MessageContext, parent: Context = otel.active()): Context {
  return new LinkedContext(parent, MESSAGE, message);
}

/** The metadata of the message being handled. */
export function currentMessage(): MessageMetadata | undefined {
  return currentContext();
}

export function currentPrincipal(): Principal | undefined {
  return currentContext()?.principal;
}

/** The module whose handler runs. */
export function currentModule(): string | undefined {
  return currentContext()?.scope?.module;
}

/** @throws Unauthenticated when the message was sent for nobody. */
export function requirePrincipal(): Principal {
  const principal = currentPrincipal();
  if (!principal) throw new Unauthenticated();
  return principal;
}

/**
 * Runs `effect` once what the current handler did is committed, and not at all when it is rolled back or begun anew:
 * for what counts in memory, such as metrics. Whoever is killed in between loses it. Outside a unit of work at once.
 */
export function afterCommit(effect: () => void): void {
  const scope = currentContext()?.scope;
  if (scope) scope.afterCommit(effect);
  else effect();
}

export interface RequestOptions {
  readonly principal?: Principal;
  /** The caller's network address. */
  readonly origin?: string;
  /** What everything that the request causes is known by; an id of its own unless given. */
  readonly correlationId?: string;
  /** Makes the ids of the commands sent by the request a function of this seed: sending them again is safe. */
  readonly idSeed?: string;
  /** The number of this request among those with the same seed: 1 says that it is the first. By default by the clock. */
  readonly attempt?: number;
  readonly deadlineMs?: number;
}

let lastAttempt = 0;

/** A number for a try at something that may have been tried before: greater than those of all earlier tries. */
export function nextAttempt(): number {
  return (lastAttempt = Math.max(lastAttempt + 1, Date.now()));
}

/** Runs what an outside request causes, so that every message it sends carries its principal and deadline. */
export function runInRequest<T>(options: RequestOptions, run: () => T): T {
  const id = options.idSeed ? uuidv5(options.idSeed, uuidv5.URL) : newMessageId();
  const attempt = options.idSeed ? (options.attempt ?? nextAttempt()) : 1;
  return otel.with(
    withMessage({
      id,
      correlationId: options.correlationId ?? id,
      principal: options.principal,
      origin: options.origin,
      deadline: Date.now() + (options.deadlineMs ?? DEFAULT_DEADLINE_MS),
      idSeed: options.idSeed ? id : undefined,
      attempt,
      isFirst: attempt === 1,
    }),
    run,
  );
}

/** How a message that is sent now is to be treated. */
export interface Outgoing {
  readonly metadata: MessageMetadata;
  /** Tells it from what else the sender sends. */
  readonly place: string;
  /** A repeat of the sender would send the same id. */
  readonly isRepeatable: boolean;
  /** The same id may have been sent before. */
  readonly mayBeRepeat: boolean;
}

export function metadataForSend(wireName: string): Outgoing {
  const sender = currentContext();
  const deadline = Math.min(sender?.deadline ?? Infinity, Date.now() + DEFAULT_DEADLINE_MS);
  const place = sender ? nextPlace(sender, wireName) : wireName;
  const isRepeatable = sender?.idSeed !== undefined;
  const id = isRepeatable ? uuidv5(place, sender.idSeed) : newMessageId();
  return {
    place,
    isRepeatable,
    mayBeRepeat: isRepeatable && !sender.isFirst,
    metadata: {
      id,
      correlationId: sender?.correlationId ?? id,
      causationId: sender?.id,
      principal: sender?.principal,
      origin: sender?.origin,
      deadline,
      attempt: isRepeatable ? sender.attempt : 1,
    },
  };
}

function nextPlace(sender: MessageContext, wireName: string): string {
  const sent = (sender.sent ??= new Map<string, number>());
  const ordinal = sent.get(wireName) ?? 0;
  sent.set(wireName, ordinal + 1);
  return `${wireName} ${ordinal}`;
}

/** The active trace as a W3C `traceparent`, to be stored beside what continues it later. */
export function currentTraceparent(context: Context = otel.active()): string | undefined {
  const span = trace.getSpanContext(context);
  if (!span || span.traceId === INVALID_TRACEID) return undefined;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** Reads a W3C `traceparent`; undefined when it is none. */
export function parseTraceparent(traceparent: string | undefined): SpanContext | undefined {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  if (!match || /^0+$/.test(match[1]!) || /^0+$/.test(match[2]!)) return undefined;
  return {
    traceId: match[1]!,
    spanId: match[2]!,
    traceFlags: Number.parseInt(match[3]!, 16) & TraceFlags.SAMPLED,
    isRemote: true,
  };
}

export function withTraceparent(traceparent: string | undefined, parent: Context = ROOT_CONTEXT): Context {
  const span = parseTraceparent(traceparent);
  return span ? trace.setSpanContext(parent, span) : parent;
}

/** Runs `run` in a stored trace, so that what it sends belongs to that one; the current span is linked to it. */
export function continueTrace<T>(traceparent: string | undefined, run: () => T): T {
  const stored = parseTraceparent(traceparent);
  const active = trace.getSpanContext(otel.active());
  if (!stored || stored.traceId === active?.traceId) return run();
  trace.getActiveSpan()?.addLink({ context: stored });
  return otel.with(trace.setSpanContext(otel.active(), stored), run);
}
