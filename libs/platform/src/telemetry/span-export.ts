import { Logger } from '@nestjs/common';
import { type Attributes, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, millisToHrTime } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { KINDS, type RecordedSpan, type SpanLink } from './recorded-span.js';
import type { SpanCounters } from './span-counters.js';

/** The size of the export queue; beyond it the newest spans are dropped. */
const MAX_WAITING = 4_096;
const BATCH = 512;
/** The timeout of one request to the receiver, including its retries. */
const TIMEOUT_MS = 10_000;
/** The maximum wait for the receiver on shutdown. */
const FAREWELL_MS = 1_500;
const COMPLAIN_EVERY_MS = 60_000;
const SCOPE = { name: 'aitbc' };

/**
 * Sends spans by OTLP over HTTP, one request at a time. A slow, unavailable or refusing receiver costs spans, which are
 * counted, but never more memory than the queue. The library, a hundred files that most processes never need, is loaded
 * with the first spans to send.
 */
export class SpanExport {
  private readonly logger = new Logger('Telemetry');
  private waiting: RecordedSpan[] = [];
  private sending?: Promise<void>;
  private exporter?: Promise<SpanExporter>;
  private complainedAt = 0;

  constructor(
    private readonly url: string,
    /** Read when the first spans are sent: the process name is not known earlier. */
    private readonly resource: () => Resource,
    private readonly counters: SpanCounters,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  readonly take = (spans: readonly RecordedSpan[]): void => {
    const room = Math.max(0, MAX_WAITING - this.waiting.length);
    for (const span of spans.slice(0, room)) this.waiting.push(span);
    this.counters.dropped.export_queue += Math.max(0, spans.length - room);
    this.sending ??= this.send().finally(() => (this.sending = undefined));
  };

  /** Flushes the queue, as far as the receiver accepts it at once. */
  async stop(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, FAREWELL_MS)));
    await Promise.race([this.sending, patience]).finally(() => clearTimeout(timer));
    this.waiting = [];
  }

  private async send(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      const result = await this.export(batch);
      if (result.code === ExportResultCode.SUCCESS) this.counters.exported += batch.length;
      else {
        this.counters.dropped.export_failed += batch.length;
        this.complain(result.error);
      }
    }
  }

  private async export(batch: readonly RecordedSpan[]): Promise<ExportResult> {
    try {
      const exporter = await (this.exporter ??= this.load());
      const resource = this.resource();
      const spans = batch.map((span) => toReadableSpan(span, resource));
      return await new Promise((resolve) => exporter.export(spans, resolve));
    } catch (error) {
      return { code: ExportResultCode.FAILED, error: error as Error };
    }
  }

  private async load(): Promise<SpanExporter> {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
    return new OTLPTraceExporter({ url: this.url, timeoutMillis: this.timeoutMs });
  }

  private complain(error: Error | undefined): void {
    if (Date.now() - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = Date.now();
    this.logger.warn(
      `Spans are lost: the receiver of traces does not take them (${error?.message ?? 'no reason given'})`,
    );
  }
}

const contextOf = ({ traceId, spanId }: SpanLink) => ({ traceId, spanId, traceFlags: TraceFlags.SAMPLED });

function toReadableSpan(span: RecordedSpan, resource: Resource): ReadableSpan {
  const endedAt = span.startedAt + span.durationMs;
  return {
    name: span.name,
    kind: KINDS.indexOf(span.kind),
    spanContext: () => contextOf(span),
    parentSpanContext: span.parentSpanId
      ? { ...contextOf({ traceId: span.traceId, spanId: span.parentSpanId }), isRemote: span.root }
      : undefined,
    startTime: millisToHrTime(span.startedAt),
    endTime: millisToHrTime(endedAt),
    duration: millisToHrTime(span.durationMs),
    status: { code: span.failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: span.attributes as Attributes,
    links: span.links.map((link) => ({ context: contextOf(link) })),
    events: [],
    ended: true,
    resource,
    instrumentationScope: SCOPE,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
