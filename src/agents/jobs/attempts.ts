import { ATTEMPT_FAILURE_CODES, type FailureCode } from '../contract/failure-codes.js';

export const MOST_ATTEMPTS = 3;
const FIRST_DELAY_MS = 2_000;

/** A shorter wait without an agent, in milliseconds, says nothing about the provider. */
export const PATIENCE_MS = 60_000;

/** The delay before a retry after so many attempts, in milliseconds: 2 s, then 8 s. */
export function requeueDelay(attempts: number): number {
  return FIRST_DELAY_MS * 4 ** (attempts - 1);
}

/** A job that broke a rule breaks it on every agent; a failed machine says nothing about the next. */
export function worthAnotherAttempt(code: FailureCode): boolean {
  return (ATTEMPT_FAILURE_CODES as readonly string[]).includes(code);
}
