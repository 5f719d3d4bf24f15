import { context, SpanKind, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { Errands, OfficeModule, PorterModule, RunErrand } from '../errands.js';
import { startSystem, type System, until } from './system.js';

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
const principal = { subject: 'alice', roles: ['user'], scopes: ['a', 'b'] };

describe(
  'from a caller over a command elsewhere and its event to a command of a third process',
  { timeout: 120_000 },
  () => {
    let system: System;
    let caller: Application;
    beforeAll(async () => {
      system = await startSystem();
      caller = await system.cluster.start('caller', []);
      for (const name of ['office-1', 'office-2']) await system.cluster.start(name, [OfficeModule]);
    });
    beforeEach(() => {
      Errands.reset();
      exporter.reset();
    });
    afterAll(() => system?.close());

    async function request(id: string): Promise<{ traceId: string; spans: ReadableSpan[] }> {
      const span = trace.getTracer('test').startSpan('request');
      await context.with(trace.setSpan(context.active(), span), () =>
        caller.execute(RunErrand.of({ id }), { as: principal, from: '192.0.2.7' }),
      );
      span.end();
      return { traceId: span.spanContext().traceId, spans: exporter.getFinishedSpans() };
    }
    const seen = () => ['RunErrand', 'ReportBack', 'AddNote'].map((handler) => Errands.by(handler)[0]);

    it('who asked, what it belongs to, what caused it and its trace are the same, though the event lay in the outbox', async () => {
      // Nobody hosts the porter yet: the event waits in the database while the request ends.
      const { traceId } = await request('kept');
      expect(seen()[1]).toBeUndefined();
      await system.cluster.start('porter', [PorterModule]);
      await until(() => seen()[2] !== undefined);
      await system.cluster.settled();
      const [command, event, nested] = seen();
      for (const each of [command, event, nested]) {
        expect(each?.principal).toEqual(principal);
        expect(each?.origin).toBe('192.0.2.7');
        expect(each?.correlationId).toBe(command?.correlationId);
        expect(each?.traceparent?.split('-')[1]).toBe(traceId);
      }
      expect(event?.causationId).toBe(command?.id);
      expect(nested?.causationId).toBe(event?.id);
      expect(new Set([command, event, nested].map((each) => each?.id)).size).toBe(3);
    });

    it('there is one trace, in which each hop is a span of its own', async () => {
      const { traceId } = await request('traced');
      await until(() => Errands.by('AddNote').length > 0);
      await system.cluster.settled();
      const spans = exporter.getFinishedSpans().filter((each) => each.spanContext().traceId === traceId);
      const path: string[] = [];
      const named = (name: string) => spans.find((each) => each.name === name);
      for (let span = named('command office.AddNote'); span;) {
        path.unshift(span.name);
        const parent: string | undefined = span.parentSpanContext?.spanId;
        span = spans.find((each) => each.spanContext().spanId === parent);
      }
      expect(path).toEqual([
        'request',
        'send office.RunErrand',
        'command office.RunErrand',
        'send office.ErrandRun',
        'event office.ErrandRun ReportBack',
        'send office.AddNote',
        'command office.AddNote',
      ]);
      const attributes = (name: string) => named(name)!.attributes;
      expect([named('send office.AddNote')!.kind, attributes('send office.AddNote')]).toEqual([
        SpanKind.CLIENT,
        expect.objectContaining({ 'messaging.system': 'redis', 'messaging.destination.name': 'office' }),
      ]);
      expect([named('send office.ErrandRun')!.kind, attributes('send office.ErrandRun')]).toEqual([
        SpanKind.PRODUCER,
        expect.objectContaining({ 'messaging.system': 'redis', 'messaging.destination.name': 'porter/events' }),
      ]);
      expect([
        named('event office.ErrandRun ReportBack')!.kind,
        attributes('event office.ErrandRun ReportBack'),
      ]).toEqual([
        SpanKind.CONSUMER,
        expect.objectContaining({ 'messaging.operation.type': 'process', 'messaging.operation.name': 'ReportBack' }),
      ]);
    });
  },
);
