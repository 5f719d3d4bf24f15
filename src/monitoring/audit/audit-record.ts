import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

export type State = Readonly<Record<string, unknown>>;

/** The end of the log. */
export interface AuditHead {
  readonly sequence: number;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** A record as hashed and exported. */
export interface AuditRecord extends AuditHead {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly action: string;
  readonly resource: string;
  readonly actor: { readonly subject: string; readonly roles: readonly string[] } | null;
  readonly origin: string | null;
  readonly traceId: string | null;
  readonly before: State | null;
  readonly after: State | null;
  readonly previousHash: string;
}

/** The head before the first record. */
export const BEGINNING: AuditHead = { sequence: 0, hash: '0'.repeat(64) };

/** SHA-256 over the canonical JSON (RFC 8785) of everything but the hash itself. */
export function hashOf(record: Omit<AuditRecord, 'hash'>): string {
  return sha256(canonicalize({ ...record, hash: undefined }));
}

/** The canonical form of a record. */
export function lineOf(record: AuditRecord): string {
  return canonicalize(record);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
