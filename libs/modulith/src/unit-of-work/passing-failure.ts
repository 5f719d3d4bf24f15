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
 * SQLSTATEs of a server that cannot do it now: connection exceptions, insufficient resources (a full disk, no memory,
 * too many clients), operator intervention (it shuts down or starts up, a time limit), an input/output error, a login
 * that it refuses.
 */
const PASSING_STATES = /^(08|53|57|58030|28|55P03)/;

/** What is told apart by its text only: the drivers give these no code, and between threads an error loses its own. */
const PASSING_TEXTS = [
  /SQLITE_(BUSY|FULL|IOERR|CANTOPEN)/,
  /connection terminated|connection timeout|connection error and is not queryable|timeout expired/i,
  /the database system is (starting up|shutting down|in recovery mode)/,
  new RegExp(`\\b(${LOST_CONNECTIONS.join('|')})\\b`),
];

/** Whether a database is there and takes no writes: read-only, full, or out of something that writing needs. */
export function refusesWrites(error: unknown): boolean {
  if (error instanceof WritesRefused || /^(53|58030)/.test(sqlStateOf(error) ?? '')) return true;
  return error instanceof Error && /SQLITE_(FULL|IOERR|READONLY)/.test(error.message);
}

/**
 * Whether a failure says nothing about the message: the database or another module was away, too busy or too slow.
 * Trying again later is then right however often it happens.
 */
export function isPassingFailure(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable' || error instanceof ConcurrencyConflict;
  if (error instanceof WritesRefused || PASSING_STATES.test(sqlStateOf(error) ?? '')) return true;
  const { code, driverError, message } = error as { code?: string; driverError?: { code?: string }; message?: string };
  if (LOST_CONNECTIONS.includes(driverError?.code ?? code ?? '')) return true;
  // A unit of work releases its runner at its end only: before, the connection was lost.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  return message !== undefined && PASSING_TEXTS.some((text) => text.test(message));
}
