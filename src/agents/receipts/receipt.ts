import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

/** An agent's statement about finished work. Times are ISO 8601 in UTC, addresses EIP-55. */
export interface Receipt {
  version: 1;
  jobId: string;
  bookingId: string;
  /** Address that the escrow pays. */
  provider: string;
  /** Address that locked the price. */
  client: string;
  agentId: string;
  /** The kind of work, for example `wasm`. */
  kind: string;
  /** Whole milliseconds of execution. */
  units: number;
  unitType: 'millisecond';
  startedAt: string;
  finishedAt: string;
  /** SHA-256 of the result's canonical JSON, 0x and 64 hexadecimal digits. */
  resultHash: string;
}

export const receiptFields = [
  'version',
  'jobId',
  'bookingId',
  'provider',
  'client',
  'agentId',
  'kind',
  'units',
  'unitType',
  'startedAt',
  'finishedAt',
  'resultHash',
] as const satisfies readonly (keyof Receipt)[];

export interface AgentSignedReceipt {
  receipt: Receipt;
  /** Ed25519 over the receipt's canonical JSON, base64url. */
  agentSignature: string;
  /** base64url of 32 bytes. */
  agentPublicKey: string;
}

export interface SignedReceipt extends AgentSignedReceipt {
  /** secp256k1 over the countersign digest as an EIP-191 message, 0x and 130 hexadecimal digits. */
  platformSignature: string;
  platformAddress: string;
}

/** The bytes that the agent signs: canonical JSON (RFC 8785), so that all implementations agree. */
export function receiptBytes(receipt: Receipt): Uint8Array {
  return new TextEncoder().encode(canonicalize(receipt));
}

export function hashOfResult(result: unknown): string {
  return sha256(canonicalize(result));
}

/**
 * The digest that the platform signs: the hash of the receipt with the agent's signature and key. 32 bytes as 0x hex.
 */
export function countersignDigest({ receipt, agentSignature, agentPublicKey }: AgentSignedReceipt): `0x${string}` {
  return sha256(canonicalize({ receipt, agentSignature, agentPublicKey }));
}

function sha256(text: string): `0x${string}` {
  return `0x${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}
