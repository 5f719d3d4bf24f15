import { parseTraceparent } from '@aitbc/modulith';
import { context as otel, trace } from '@opentelemetry/api';
import type { Receipt } from '../receipts/receipt.js';

/** Adds the agent's execution to the job's trace, as stated in the receipt: the daemon exports no spans of its own. */
export function traceExecution(
  { agentId, jobId, kind, units, startedAt, finishedAt }: Receipt,
  traceparent: string | null,
): void {
  const [start, end] = [new Date(startedAt), new Date(finishedAt)];
  // OpenTelemetry treats an invalid time as 1970.
  if (!Number.isFinite(start.getTime()) || !Number.isFinite(end.getTime())) return;
  // A sibling of the request that submits the result, not its child: it ends before that begins.
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
