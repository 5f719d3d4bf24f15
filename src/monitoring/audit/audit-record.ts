import { createHash } from 'node:crypto';
import type { MessageMetadata } from '@aitbc/modulith';
import { type Audited, withDecimalAmounts } from '@aitbc/platform';
import { canonicalize } from 'json-canonicalize';

type State = Readonly<Record<string, unknown>>;

/** Where the log ends. */
export interface AuditHead {
  readonly sequence: number;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** A record as it is hashed and exported. */
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

/** Before the first record. */
export const BEGINNING: AuditHead = { sequence: 0, hash: '0'.repeat(64) };

/** A larger state is recorded by its hash, so that a page of records can always travel. */
export const MOST_STATE_BYTES = 16 * 1024;

/** What else is known of a change. */
export interface Circumstances extends Pick<MessageMetadata, 'principal' | 'origin'> {
  readonly at: Date;
  readonly traceId?: string;
}

/** The record of a change, tied to the one before it. */
export function recordAfter(head: AuditHead, change: Audited, { principal, ...known }: Circumstances): AuditRecord {
  const record = {
    sequence: head.sequence + 1,
    at: known.at.toISOString(),
    action: change.action,
    resource: change.resource,
    actor: principal ? { subject: principal.subject, roles: [...principal.roles] } : null,
    origin: known.origin ?? null,
    traceId: known.traceId ?? null,
    before: recorded(change.before),
    after: recorded(change.after),
    previousHash: head.hash,
  };
  return { ...record, hash: hashOf(record) };
}

/** SHA-256 over the canonical JSON (RFC 8785) of everything but the hash itself. */
export function hashOf(record: Omit<AuditRecord, 'hash'>): string {
  return sha256(canonicalize({ ...record, hash: undefined }));
}

/** The one way in which a record is written down. */
export function lineOf(record: AuditRecord): string {
  return canonicalize(record);
}

/** A state as JSON can say it, for what is stored, hashed and exported has to be the same. */
function recorded(state: State | undefined): State | null {
  if (state === undefined) return null;
  const json = JSON.stringify(withDecimalAmounts(state));
  const bytes = Buffer.byteLength(json);
  if (bytes > MOST_STATE_BYTES) return { tooLargeToRecord: true, bytes, sha256: sha256(json) };
  return JSON.parse(json) as State;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
