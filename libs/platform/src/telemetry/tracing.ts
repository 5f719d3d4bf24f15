import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { OtlpExporter } from './otlp-exporter.js';
import { RecentTraces } from './recent-traces.js';

export interface TracingOptions {
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** Base URL of an OTLP/HTTP receiver; absent: spans are kept in memory only. */
  readonly otlpEndpoint?: string;
}

/** The tracing of this process. */
export interface Tracing {
  readonly recent: RecentTraces;
  /** Sends what is not sent yet. */
  stop(): Promise<void>;
}

/** Starts OpenTelemetry. The spans are made by hand where the meaning is (HTTP, messages): no loader hooks are needed. */
export function startTracing(options: TracingOptions): Tracing {
  const recent = new RecentTraces();
  const spanProcessors: SpanProcessor[] = [recent];
  if (options.otlpEndpoint) {
    const url = new URL('v1/traces', options.otlpEndpoint.replace(/\/?$/, '/')).toString();
    spanProcessors.push(new BatchSpanProcessor(new OtlpExporter(url)));
  }
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': options.serviceName,
      'service.version': options.serviceVersion,
    }),
    spanProcessors,
  });
  trace.setGlobalTracerProvider(provider);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return { recent, stop: () => provider.shutdown() };
}
