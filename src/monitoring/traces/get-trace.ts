import { TraceAnswers } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetTrace, SpanView, TraceNotFound, TraceView } from '../contract/index.js';

@QueryHandler(GetTrace)
export class GetTraceHandler implements IQueryHandler<GetTrace> {
  constructor(private readonly traces: TraceAnswers) {}

  async execute({ traceId }: GetTrace): Promise<TraceView> {
    const spans = await this.traces.find(traceId);
    if (spans.length === 0) throw new TraceNotFound(traceId);
    return TraceView.of({
      traceId,
      spans: spans.map(({ spanId, parentSpanId, name, kind, startedAt, durationMs, failed, attributes, links }) =>
        SpanView.of({
          spanId,
          parentSpanId,
          name,
          kind,
          startedAt: new Date(startedAt),
          durationMs,
          failed,
          attributes: { ...attributes },
          links: [...links],
        }),
      ),
    });
  }
}
