import type { MessageMetadata } from '@aitbc/modulith';
import { type Audited, withDecimalAmounts } from '@aitbc/platform';
import { type AuditHead, type AuditRecord, hashOf, sha256, type State } from './audit-record.js';

/** A larger state is recorded as its hash, so that a page of records always fits in a message. */
export const MOST_STATE_BYTES = 16 * 1024;

/** Further details of a change. */
export interface Circumstances extends Pick<MessageMetadata, 'principal' | 'origin'> {
  readonly at: Date;
  readonly traceId?: string;
}

/** The record of a change, chained to the previous one. */
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

/** Normalizes a state to JSON, because the stored, hashed and exported forms must be equal. */
function recorded(state: State | undefined): State | null {
  if (state === undefined) return null;
  const json = JSON.stringify(withDecimalAmounts(state));
  const bytes = Buffer.byteLength(json);
  if (bytes > MOST_STATE_BYTES) return { tooLargeToRecord: true, bytes, sha256: sha256(json) };
  return JSON.parse(json) as State;
}
