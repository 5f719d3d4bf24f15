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
  /** Base URL of an OTLP/HTTP receiver; absent: spans stay in the system. */
  readonly otlpEndpoint?: string;
  /** All traces are kept unless given. */
  readonly sampling?: Sampling;
}

/** The tracing of this process. */
export interface Tracing {
  readonly recent: RecentTraces;
  /** Says by which name the other processes know this one; before that, spans are exported without it. */
  nameProcess(id: string): void;
  /** Sends what is not sent yet. */
  stop(): Promise<void>;
}

const PASS_EVERY_MS = 500;
/** Characters of an attribute; a stack is the longest. */
const MAX_TEXT = 4_096;

/** Starts OpenTelemetry. The spans are made by hand where the meaning is (HTTP, messages): no loader hooks are needed. */
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
      // What is kept is decided at the end, and not by a caller who says that it does not trace.
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

/** The tracing of a process in which telemetry is off: no spans are made. */
export function noTracing(): Tracing {
  return { recent: new RecentTraces(0), nameProcess: () => undefined, stop: () => Promise.resolve() };
}
