import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/**
 * Sends spans by OTLP over HTTP. The library, a hundred files that most processes never need, is loaded with the first
 * spans to send.
 */
export class OtlpExporter implements SpanExporter {
  private loading: Promise<SpanExporter> | undefined;

  constructor(private readonly url: string) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.loading ??= load(this.url);
    void this.hand(this.loading, spans, done);
  }

  async forceFlush(): Promise<void> {
    await (await this.loading)?.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await (await this.loading)?.shutdown();
  }

  private async hand(loading: Promise<SpanExporter>, spans: ReadableSpan[], done: (result: ExportResult) => void) {
    try {
      (await loading).export(spans, done);
    } catch (error) {
      done({ code: ExportResultCode.FAILED, error: error as Error });
    }
  }
}

async function load(url: string): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter({ url });
}
