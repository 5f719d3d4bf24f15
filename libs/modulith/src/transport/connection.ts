import { Redis } from 'ioredis';

const CONNECT_TIMEOUT_MS = 2_000;
const LONGEST_RETRY_MS = 500;

/**
 * A connection that reconnects for ever and whose commands fail at once while it is down: the transport decides what to
 * resend. `connect` opens it.
 */
export function openConnection(url: string, name: string): Redis {
  return new Redis(url, {
    connectionName: name,
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: 250,
    disableClientInfo: true,
    retryStrategy: (attempt) => Math.min(25 * attempt, LONGEST_RETRY_MS),
    // After a failover the old primary still answers, but accepts no writes.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
}

/** Whether Redis itself answered with an error: the command then had no effect. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Whether the command never left this process. */
export function isUnsent(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Stream isn't writeable");
}
