import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { RecentTraces } from './recent-traces.js';
import type { Sampling } from './sampling.js';
import { SpanExport } from './span-export.js';

export interface TracingOptions {
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** `production`, `development`, … */
  readonly environment?: string;
  /** Base URL of an OTLP/HTTP receiver; absent: spans are not exported. */
  readonly otlpEndpoint?: string;
  /** All traces are kept by default. */
  readonly sampling?: Sampling;
}

/** The tracing of this process. */
export interface Tracing {
  readonly recent: RecentTraces;
  /** Sets this process's name as other processes know it; earlier spans are exported without it. */
  nameProcess(id: string): void;
  /** Flushes unsent spans. */
  stop(): Promise<void>;
}

const PASS_EVERY_MS = 500;
/** The maximum length of an attribute; a stack is the longest. */
const MAX_TEXT = 4_096;

/** Starts OpenTelemetry. Spans are created explicitly for HTTP and messages, so no loader hooks are needed. */
export function startTracing(options: TracingOptions): Tracing {
  const recent = new RecentTraces(undefined, options.sampling);
  let resource = defaultResource().merge(
    resourceFromAttributes({
      'service.name': options.serviceName,
      'service.version': options.serviceVersion,
      'deployment.environment.name': options.environment,
    }),
  );
  const spanExport = options.otlpEndpoint
    ? new SpanExport(
        new URL('v1/traces', options.otlpEndpoint.replace(/\/?$/, '/')).toString(),
        () => resource,
        recent.counters,
      )
    : undefined;
  if (spanExport) recent.addSink(spanExport.take);
  const passes = setInterval(() => recent.pass(), PASS_EVERY_MS).unref();
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({
      // Sampling is decided at the end of a trace, regardless of the caller's sampling flag.
      sampler: new AlwaysOnSampler(),
      spanProcessors: [recent],
      spanLimits: { attributeValueLengthLimit: MAX_TEXT },
    }),
  );
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  return {
    recent,
    nameProcess: (id) => (resource = resource.merge(resourceFromAttributes({ 'service.instance.id': id }))),
    stop: async () => {
      clearInterval(passes);
      recent.pass();
      await spanExport?.stop();
    },
  };
}

/** The tracing of a process with telemetry disabled: creates no spans. */
export function noTracing(): Tracing {
  return { recent: new RecentTraces(0), nameProcess: () => undefined, stop: () => Promise.resolve() };
}
