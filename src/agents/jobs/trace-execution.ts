import { trace } from '@opentelemetry/api';
import type { Receipt } from '../receipts/receipt.js';

/** Shows in the trace when the agent worked, as its receipt states it: the daemon exports no spans of its own. */
export function traceExecution({ agentId, jobId, kind, units, startedAt, finishedAt }: Receipt): void {
  trace
    .getTracer('agents')
    .startSpan(`agent executes ${kind}`, {
      startTime: new Date(startedAt),
      attributes: { 'agents.agent_id': agentId, 'agents.job_id': jobId, 'agents.units': units },
    })
    .end(new Date(finishedAt));
}
