import type { FailureCode } from '../contract/failure-codes.js';
import type { AgentSignedReceipt } from '../receipts/receipt.js';
import type { WasmResult, WasmTask } from './execution.js';

/** The part of the agent's description that the daemon uses. */
export interface Me {
  id: string;
  name: string;
  concurrency: number;
  publicKey: string | null;
}

export interface AttemptRef {
  jobId: string;
  attempt: number;
}

/** A job that this agent holds now. */
export interface Assignment extends AttemptRef {
  bookingId: string;
  agentId: string;
  provider: string;
  client: string;
  kind: string;
  task: WasmTask;
  /** W3C trace context of the booking, which the agent's requests continue. */
  traceparent: string | null;
}

export type Outcome =
  | ({ status: 'completed'; result: WasmResult } & AgentSignedReceipt)
  | { status: 'failed'; code: FailureCode; message: string };
