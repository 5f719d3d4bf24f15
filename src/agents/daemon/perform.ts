import type { KeyObject } from 'node:crypto';
import { signReceipt } from '../receipts/agent-signature.js';
import { hashOfResult } from '../receipts/receipt.js';
import { WasmRefused } from '../wasm/wasm-refused.js';
import { ExecutorFailed, type Completed, type WasmTask } from './execution.js';
import type { Assignment, Outcome } from './protocol.js';

export type Executors = Readonly<Record<string, { run(task: WasmTask, signal?: AbortSignal): Promise<Completed> }>>;

/**
 * Executes a job and signs its receipt. A failed job is an outcome too.
 *
 * @throws Cancelled if the signal was aborted
 */
export async function perform(
  assignment: Assignment,
  executors: Executors,
  key: KeyObject,
  signal: AbortSignal,
): Promise<Outcome> {
  const executor = executors[assignment.kind];
  if (!executor) {
    return {
      status: 'failed',
      code: 'agents.unsupported_kind',
      message: `This agent cannot execute ${assignment.kind}.`,
    };
  }
  try {
    const completed = await executor.run(assignment.task, signal);
    return { status: 'completed', result: completed.result, ...signReceipt(receiptFor(assignment, completed), key) };
  } catch (error) {
    if (error instanceof WasmRefused) return { status: 'failed', code: error.code, message: error.message };
    if (error instanceof ExecutorFailed) {
      return { status: 'failed', code: 'agents.executor_failed', message: error.message };
    }
    throw error;
  }
}

function receiptFor(assignment: Assignment, { startedAt, finishedAt, units, result }: Completed) {
  const { jobId, bookingId, provider, client, agentId, kind } = assignment;
  return {
    version: 1 as const,
    jobId,
    bookingId,
    provider,
    client,
    agentId,
    kind,
    units,
    unitType: 'millisecond' as const,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    resultHash: hashOfResult(result),
  };
}
