import { randomUUID } from 'node:crypto';
import type { StreamsOptions } from './options.js';

/** What both adapters for Nest are told: where Redis is, and which service is served or asked. */
export interface RedisStreamsOptions extends Omit<StreamsOptions, 'process'> {
  /** Replicas of one application serve one service; each message goes to one of them. */
  readonly service: string;
  /** What others see of this process in `Presence`. */
  readonly labels?: Readonly<Record<string, string>>;
}

export function streamsOptions(options: RedisStreamsOptions, services: readonly string[]): StreamsOptions {
  return { ...options, process: { id: randomUUID(), services, labels: options.labels ?? {}, since: Date.now() } };
}

/** Travels as the meta of a request: whether an answer is expected, and what a dispatch hook attached. */
export interface PacketMeta {
  readonly kind: 'message' | 'event';
  readonly metadata?: Record<string, string>;
}

/** What `status` of both adapters emits. */
export type RedisStreamsStatus = 'connected' | 'disconnected';

/** What `on` of both adapters listens to. */
export type RedisStreamsEvents = {
  connected: () => void;
  disconnected: () => void;
  /** Redis came back without what it held. */
  dataLost: () => void;
};
