import { agentSigned } from '../receipts/agent-signature.js';
import { type AgentSignedReceipt, hashOfResult, type Receipt } from '../receipts/receipt.js';
import type { BookedTime } from './booked-time.entity.js';
import type { Job } from './job.entity.js';

/** The tolerated difference between an agent's clock and ours, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The platform's knowledge of a receipt's work. */
export interface KnownWork {
  readonly job: Job;
  readonly booking: BookedTime;
  readonly agentId: string;
  readonly publicKey: string;
  readonly result: unknown;
}

/** The problem of a receipt, as a sentence that names the field; undefined if it states the facts. */
export function receiptProblem(signed: AgentSignedReceipt, known: KnownWork, now: Date): string | undefined {
  const { receipt } = signed;
  if (signed.agentPublicKey !== known.publicKey) return 'agentPublicKey is not the key of this agent.';
  if (!agentSigned(signed)) return 'agentSignature is not a signature of this receipt by this agent.';
  const facts: Partial<Receipt> = {
    version: 1,
    jobId: known.job.id,
    bookingId: known.booking.id,
    provider: known.booking.providerAddress,
    client: known.booking.clientAddress,
    agentId: known.agentId,
    kind: known.job.kind,
    unitType: 'millisecond',
    resultHash: hashOfResult(known.result),
  };
  const wrong = Object.entries(facts).find(([name, value]) => receipt[name as keyof Receipt] !== value);
  if (wrong) return `receipt.${wrong[0]} must be ${String(wrong[1])}.`;
  return timeProblem(receipt, known.job, now);
}

function timeProblem({ startedAt, finishedAt, units }: Receipt, job: Job, now: Date): string | undefined {
  const inexact = Object.entries({ startedAt, finishedAt }).find(([, text]) => !isExact(text));
  if (inexact) return `receipt.${inexact[0]} must be a time in UTC with milliseconds, as 2026-01-01T00:00:00.000Z.`;
  const start = Date.parse(startedAt);
  const finish = Date.parse(finishedAt);
  const assigned = Date.parse(job.attempts.at(-1)!.assignedAt);
  if (units > finish - start) return 'receipt.units must not exceed the time between startedAt and finishedAt.';
  if (start < assigned - CLOCK_TOLERANCE_MS) return 'receipt.startedAt lies before the job was assigned.';
  if (finish > now.getTime() + CLOCK_TOLERANCE_MS) return 'receipt.finishedAt lies in the future.';
  return undefined;
}

/** A single time format for all readers of the receipt: ISO 8601 has forms that `Date` does not parse. */
function isExact(text: string): boolean {
  const time = new Date(text);
  return Number.isFinite(time.getTime()) && time.toISOString() === text;
}
