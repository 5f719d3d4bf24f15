import { currentMessage } from '@aitbc/modulith';
import type { LoggerService } from '@nestjs/common';
import { context as otel, trace } from '@opentelemetry/api';
import { type DestinationStream, type Logger, pino } from 'pino';
import { redact } from './redact.js';

/** Nest's start-up messages, about two hundred lines, are logged at debug level. */
const NEST_INTERNALS = new Set([
  'InstanceLoader',
  'RouterExplorer',
  'RoutesResolver',
  'NestFactory',
  'NestApplication',
]);

/**
 * Nest's logger on pino: one JSON object per line, with the current trace and request id in every process, and with
 * secrets redacted. An object passed as message becomes the fields of the line.
 */
export class PinoLogger implements LoggerService {
  private readonly pino: Logger;

  constructor(level: string, destination?: DestinationStream) {
    const options = {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: whereabouts,
      hooks: { streamWrite: redact },
    };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write(NEST_INTERNALS.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest passes the logger's context last and, for errors, a stack before it. */
  private write(level: 'info' | 'error' | 'warn' | 'debug' | 'trace', message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? (rest.at(-1) as string) : undefined;
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    if (message instanceof Error) this.pino[level]({ context, err: message }, message.message);
    else if (typeof message === 'object' && message !== null) this.pino[level]({ context, stack, ...message });
    else this.pino[level]({ context, stack }, String(message));
  }
}

/**
 * The current trace and request. A message carries the id of its original request as correlation id, in every process;
 * without a request, it is the id of whatever started the work.
 */
function whereabouts(): object {
  const span = trace.getSpanContext(otel.active());
  const requestId = currentMessage()?.correlationId;
  return { traceId: span?.traceId, spanId: span?.spanId, requestId };
}
