import { parseTraceparent } from '@aitbc/modulith';
import { context as otel, trace } from '@opentelemetry/api';
import type { Receipt } from '../receipts/receipt.js';

/**
 * Shows in the trace of the job when the agent worked, as its receipt states it: the daemon exports no spans of its own.
 */
export function traceExecution(
  { agentId, jobId, kind, units, startedAt, finishedAt }: Receipt,
  traceparent: string | null,
): void {
  const [start, end] = [new Date(startedAt), new Date(finishedAt)];
  // OpenTelemetry takes what is no time for 1970.
  if (!Number.isFinite(start.getTime()) || !Number.isFinite(end.getTime())) return;
  // Beside the request that brings the result, not inside: it is over before that begins.
  const job = parseTraceparent(traceparent ?? undefined);
  trace
    .getTracer('agents')
    .startSpan(
      `agent executes ${kind}`,
      {
        startTime: start,
        attributes: { 'agents.agent_id': agentId, 'agents.job_id': jobId, 'agents.units': units },
      },
      job && trace.setSpanContext(otel.active(), job),
    )
    .end(end);
}
