import { RecentTraces } from '@aitbc/platform';
import { trace } from '@opentelemetry/api';
import { AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import type { Receipt } from '../receipts/receipt.js';
import { traceExecution } from './trace-execution.js';

const JOB = 'a'.repeat(32);
const TRACEPARENT = `00-${JOB}-${'b'.repeat(16)}-01`;
const receipt = {
  agentId: 'agent',
  jobId: 'job',
  kind: 'wasm',
  units: 12,
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:00.020Z',
} as Receipt;

describe('the execution in the trace of its job', () => {
  const recent = new RecentTraces();
  beforeAll(() => {
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({ sampler: new AlwaysOnSampler(), spanProcessors: [recent] }),
    );
  });
  afterAll(() => trace.disable());

  it('is not shown with times that are none, and otherwise when it was', () => {
    traceExecution({ ...receipt, startedAt: '2009-W21-2' }, TRACEPARENT);
    traceExecution({ ...receipt, finishedAt: '2009-W21-2' }, TRACEPARENT);
    expect(recent.find(JOB)).toEqual([]);
    traceExecution(receipt, TRACEPARENT);
    expect(recent.find(JOB)).toMatchObject([
      { name: 'agent executes wasm', startedAt: Date.parse(receipt.startedAt), durationMs: 20 },
    ]);
  });
});
