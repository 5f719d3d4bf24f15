import { currentMessage } from '@aitbc/modulith';
import { networkOf } from '../http/network-of.js';
import type { Asker } from './fair-queue.js';

/** Outside a message there is no deadline. */
const DEADLINE_MS = 30_000;

/** Signed-in users are told apart by who they are, strangers by their network, and strangers wait for all others. */
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

/** By which a queue forgets what a request asked for. */
export const requestName = (request: string, origin = '') => `${origin} ${request}`;
