import { randomUUID } from 'node:crypto';
import type { StreamsOptions } from './options.js';

/** Options of both Nest adapters: the Redis, and the service to serve or to call. */
export interface RedisStreamsOptions extends Omit<StreamsOptions, 'process'> {
  /** Replicas of one application serve one service; each message goes to one of them. */
  readonly service: string;
  /** Shown to other processes in `Presence`. */
  readonly labels?: Readonly<Record<string, string>>;
}

export function streamsOptions(options: RedisStreamsOptions, services: readonly string[]): StreamsOptions {
  return { ...options, process: { id: randomUUID(), services, labels: options.labels ?? {}, since: Date.now() } };
}

/** The metadata of a request: whether an answer is expected, and what a dispatch hook attached. */
export interface PacketMeta {
  readonly kind: 'message' | 'event';
  readonly metadata?: Record<string, string>;
}

/** The values that `status` of both adapters emits. */
export type RedisStreamsStatus = 'connected' | 'disconnected';

/** The events that `on` of both adapters accepts. */
export type RedisStreamsEvents = {
  connected: () => void;
  disconnected: () => void;
  /** Redis came back without its data. */
  dataLost: () => void;
};
