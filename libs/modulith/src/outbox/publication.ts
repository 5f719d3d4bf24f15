import type { Principal } from '../context/metadata.js';
import type { PendingEvent } from '../context/scope.js';
import { quote } from '../unit-of-work/unit.js';

/** An event as stored in its module's outbox, one row per module that has yet to confirm it. */
export interface Publication {
  readonly messageId: string;
  /** Wire name, such as `marketplace.BookingFunded`. */
  readonly name: string;
  readonly key: string;
  /** Encoded by the contract codec. */
  readonly payload: string;
  readonly metadata: PublicationMetadata;
  readonly publishedAt: Date;
}

export interface PublicationMetadata {
  readonly version: number;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly principal?: Principal;
  readonly origin?: string;
  readonly traceparent?: string;
}

export interface PublicationRow {
  readonly message_id: string;
  readonly name: string;
  readonly key: string;
  readonly payload: string;
  readonly metadata: string;
  readonly published_at: string | number;
}

export function toPublication(event: PendingEvent, publishedAt: Date): Publication {
  const { id, correlationId, causationId, principal, origin } = event.metadata;
  const { version } = event.type;
  return {
    messageId: id,
    name: event.type.wireName,
    key: event.key,
    payload: event.payload,
    metadata: { version, correlationId, causationId, principal, origin, traceparent: event.traceparent },
    publishedAt,
  };
}

export function fromRow(row: PublicationRow): Publication {
  // A dead letter stores the time of publication with the metadata: its row has a timestamp of its own.
  const { publishedAt = Number(row.published_at), ...metadata } = JSON.parse(row.metadata) as PublicationMetadata & {
    publishedAt?: number;
  };
  return {
    messageId: row.message_id,
    name: row.name,
    key: row.key,
    payload: row.payload,
    metadata,
    publishedAt: new Date(publishedAt),
  };
}

/** A publication and its target modules. */
export interface Addressed {
  readonly publication: Publication;
  readonly targets: readonly string[];
}

/**
 * Literal statements that store publications at the end of their transaction. On Postgres each key is locked until the
 * commit, so that the sequence numbers of a key follow its commit order.
 */
export function publicationStatements(table: string, addressed: readonly Addressed[], isPostgres: boolean): string[] {
  if (addressed.length === 0) return [];
  const rows = addressed.flatMap(({ publication: each, targets }) => {
    const data = `${quote(each.name)}, ${quote(each.key)}, ${quote(each.payload)}, ${quote(JSON.stringify(each.metadata))}, ${each.publishedAt.getTime()}`;
    return targets.map((target) => `(${quote(each.messageId)}, ${quote(target)}, ${data})`);
  });
  const insert = `INSERT INTO ${table} (message_id, target, name, key, payload, metadata, published_at) VALUES ${rows.join(', ')}`;
  if (!isPostgres) return [insert];
  const keys = [...new Set(addressed.map(({ publication }) => publication.key))].toSorted();
  return [
    ...keys.map((key) => `SELECT pg_advisory_xact_lock(hashtextextended(${quote(`${table}:${key}`)}, 0))`),
    insert,
  ];
}
