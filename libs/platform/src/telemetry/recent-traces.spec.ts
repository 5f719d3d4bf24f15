import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { RecentTraces } from './recent-traces.js';

describe('the last traces', () => {
  const record = (recent: RecentTraces, names: string[]) => {
    const tracer = new BasicTracerProvider({ spanProcessors: [recent] }).getTracer('test');
    const root = tracer.startSpan('root', { startTime: 1_000 });
    const inside = trace.setSpan(ROOT_CONTEXT, root);
    names.forEach((name, at) => tracer.startSpan(name, { startTime: 1_001 + at }, inside).end(1_002 + at));
    root.end(2_000);
    return root.spanContext().traceId;
  };

  it('show the spans of one trace in the order of their start', () => {
    const recent = new RecentTraces();
    record(recent, ['other']);
    const traceId = record(recent, ['a', 'b']);
    expect(recent.find(traceId).map((span) => span.name)).toEqual(['root', 'a', 'b']);
  });

  it('forget the oldest spans when there are too many', () => {
    const recent = new RecentTraces(3);
    const old = record(recent, ['a', 'b']);
    const young = record(recent, ['c']);
    expect(recent.find(old).map((span) => span.name)).toEqual(['root']);
    expect(recent.find(young)).toHaveLength(2);
  });
});
