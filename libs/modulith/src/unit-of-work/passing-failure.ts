import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import { ConcurrencyConflict, DomainError } from '../contract/errors.js';
import { sqlStateOf } from './postgres-unit.js';
import { WritesRefused } from './unit.js';

const LOST_CONNECTIONS = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];

/**
 * SQLSTATEs of temporary failures: connection exceptions, insufficient resources (disk full, out of memory, too many
 * clients), operator intervention (shutdown, start-up, a timeout), I/O errors, a refused login.
 */
const PASSING_STATES = /^(08|53|57|58030|28|55P03)/;

/**
 * Failures that only their text identifies: the drivers give them no code, and an error loses its code between threads.
 */
const PASSING_TEXTS = [
  /SQLITE_(BUSY|FULL|IOERR|CANTOPEN)/,
  /connection terminated|connection timeout|connection error and is not queryable|timeout expired/i,
  /the database system is (starting up|shutting down|in recovery mode)/,
  new RegExp(`\\b(${LOST_CONNECTIONS.join('|')})\\b`),
];

/** Whether a database is available but accepts no writes: read-only, full, or short of a resource that writes need. */
export function refusesWrites(error: unknown): boolean {
  if (error instanceof WritesRefused || /^(53|58030)/.test(sqlStateOf(error) ?? '')) return true;
  return error instanceof Error && /SQLITE_(FULL|IOERR|READONLY)/.test(error.message);
}

/**
 * Whether a failure says nothing about the message: the database or another module was unavailable, overloaded or too
 * slow. Retrying later is right, however often it happens.
 */
export function isPassingFailure(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable' || error instanceof ConcurrencyConflict;
  if (error instanceof WritesRefused || PASSING_STATES.test(sqlStateOf(error) ?? '')) return true;
  const { code, driverError, message } = error as { code?: string; driverError?: { code?: string }; message?: string };
  if (LOST_CONNECTIONS.includes(driverError?.code ?? code ?? '')) return true;
  // A unit of work releases its runner only at its end: an earlier release means that the connection was lost.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  return message !== undefined && PASSING_TEXTS.some((text) => text.test(message));
}
