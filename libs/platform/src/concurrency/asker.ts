import { currentMessage } from '@aitbc/modulith';
import { networkOf } from '../http/network-of.js';
import type { Asker } from './fair-queue.js';

/** The deadline of work outside a message. */
const DEADLINE_MS = 30_000;

/** The caller key: the user id if signed in, otherwise the network. Anonymous callers have lower priority. */
export function currentAsker(): Asker {
  const message = currentMessage();
  const network = message?.origin === undefined ? undefined : networkOf(message.origin);
  return {
    caller: message?.principal?.subject ?? network ?? 'platform',
    isUrgent: network === undefined || message?.principal !== undefined,
    deadline: message?.deadline ?? Date.now() + DEADLINE_MS,
    request: message && requestName(message.correlationId, message.origin),
  };
}

/** The key for abandoning a request's work. */
export const requestName = (request: string, origin = '') => `${origin} ${request}`;
