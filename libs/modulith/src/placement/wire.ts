import type { MessageMetadata, Principal } from '../context/metadata.js';
import type { MessageType } from '../contract/registry.js';
import type { Publication, PublicationMetadata } from '../outbox/publication.js';
import type { DeliveryOptions } from './options.js';

/** Metadata of a command or query; the request itself carries the id and the deadline. */
export interface CallMeta {
  readonly version: number;
  /** Whether the same id may have been sent before. */
  readonly repeatable?: boolean;
  /** Orders the attempts at one command; absent if sent by an older release. */
  readonly attempt?: number;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly principal?: Principal;
  readonly origin?: string;
  readonly traceparent?: string;
}

/** Metadata of an event. */
export interface EventMeta extends DeliveryOptions {
  readonly key: string;
  readonly publishedAt: number;
  readonly metadata: PublicationMetadata;
}

export function metaOfCall(
  { version }: MessageType,
  { correlationId, causationId, principal, origin, attempt }: MessageMetadata,
  repeatable: boolean,
  traceparent: string | undefined,
): CallMeta {
  const again = repeatable || undefined;
  return { version, repeatable: again, attempt, correlationId, causationId, principal, origin, traceparent };
}

export function metaOfEvent(publication: Publication, { mode, mayBeRepeat }: DeliveryOptions): EventMeta {
  const { key, metadata, publishedAt } = publication;
  return { mode, mayBeRepeat, key, publishedAt: publishedAt.getTime(), metadata };
}

export function publicationOf(messageId: string, name: string, payload: string, meta: EventMeta): Publication {
  const { key, metadata, publishedAt } = meta;
  return { messageId, name, key, payload, metadata, publishedAt: new Date(publishedAt) };
}
