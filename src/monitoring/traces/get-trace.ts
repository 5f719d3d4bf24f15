import { type RecordedSpan, TraceAnswers } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetTrace, SpanView, TraceNotFound, TraceView } from '../contract/index.js';
import { TraceStore } from './trace-store.js';
import { type PlacedSpan, spreadOf, waterfall } from './waterfall.js';

@QueryHandler(GetTrace)
export class GetTraceHandler implements IQueryHandler<GetTrace> {
  constructor(
    private readonly answers: TraceAnswers,
    private readonly store: TraceStore,
  ) {}

  async execute({ traceId }: GetTrace): Promise<TraceView> {
    const [inMemory, stored] = await Promise.all([this.answers.find(traceId), this.store.spansOf(traceId)]);
    const spans = onceEach([...stored, ...inMemory]);
    if (spans.length === 0) throw new TraceNotFound(traceId);
    return TraceView.of({
      traceId,
      startedAt: new Date(Math.min(...spans.map(({ startedAt }) => startedAt))),
      durationMs: spreadOf(spans),
      spans: waterfall(spans).map(toView),
    });
  }
}

/** Deduplicates spans: stored ones may still be in memory, too. */
function onceEach(spans: readonly RecordedSpan[]): RecordedSpan[] {
  return [...new Map(spans.map((span) => [span.spanId, span])).values()];
}

function toView({ span, depth, offsetMs, selfMs }: PlacedSpan): SpanView {
  const { spanId, parentSpanId, name, kind, startedAt, durationMs, failed, attributes, links } = span;
  return SpanView.of({
    spanId,
    parentSpanId,
    name,
    kind,
    process: span.process ?? '',
    startedAt: new Date(startedAt),
    durationMs,
    depth,
    offsetMs,
    selfMs,
    failed,
    attributes: { ...attributes },
    links: [...new Set(links.map((link) => link.traceId))],
  });
}
