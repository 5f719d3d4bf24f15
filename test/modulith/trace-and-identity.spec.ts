import { type Context, context, type SpanContext, SpanKind, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import {
  APART,
  continueTrace,
  currentMessage,
  currentTraceparent,
  parseTraceparent,
  UnitOfWork,
} from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { contracts, CountNotes, Errands, ErrandRun, OfficeModule, PorterModule, RunErrand } from './errands.js';

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
const tracer = trace.getTracer('test');

const principal = { subject: 'alice', roles: ['user'], scopes: [] };

describeEachDatabase('from a request over a command and its event to a nested command', (url) => {
  let app: Scenario;
  beforeAll(async () => {
    app = await Scenario.start({ modules: [OfficeModule, PorterModule], contracts, databaseUrl: url() });
  });
  beforeEach(() => {
    Errands.reset();
    exporter.reset();
  });
  afterAll(() => app?.close());

  /** Sends a command in a span of its own and waits for everything that it causes. */
  async function request(id: string): Promise<{ traceId: string; spanId: string; spans: ReadableSpan[] }> {
    const sent = await inSpan(() => app.execute(RunErrand.of({ id }), { as: principal }));
    await app.settled();
    return { ...sent, spans: exporter.getFinishedSpans() };
  }

  async function inSpan(work: () => Promise<unknown>): Promise<SpanContext> {
    const span = tracer.startSpan('request', { kind: SpanKind.SERVER });
    const active: Context = trace.setSpan(context.active(), span);
    await context.with(active, work);
    span.end();
    return span.spanContext();
  }

  it('there is one trace, each span the child of what caused it', async () => {
    const { traceId, spanId, spans } = await request('traced');
    const named = (name: string) => spans.find((each) => each.name === name)!;
    const command = named('command office.RunErrand');
    const event = named('event office.ErrandRun ReportBack');
    const nested = named('command office.AddNote');
    expect([command, event, nested].map((each) => each.spanContext().traceId)).toEqual([traceId, traceId, traceId]);
    expect(causeOf(command, spans)?.spanContext().spanId).toBe(spanId);
    expect(causeOf(event, spans)).toBe(command);
    expect(causeOf(nested, spans)).toBe(event);
  });

  it('each unit of work is shown in it from its begin to its end, by its database', async () => {
    const { spans } = await request('stored');
    const command = spans.find((each) => each.name === 'command office.RunErrand')!;
    const unit = spans.find((each) => each.name === 'COMMIT office' && causeOf(each, spans) === command)!;
    expect(unit.attributes).toMatchObject({
      'db.operation.name': 'COMMIT',
      'db.system.name': url().startsWith('postgres') ? 'postgresql' : 'sqlite',
      'modulith.outbox.published': 1,
    });
    const within = (time: [number, number]) => time[0] * 1e3 + time[1] / 1e6;
    expect(within(unit.startTime)).toBeGreaterThanOrEqual(within(command.startTime) - 1);
    expect(within(unit.endTime)).toBeLessThanOrEqual(within(command.endTime) + 1);
  });

  it('what is undone is shown as that, with its reason', async () => {
    Errands.afterWriting = () => {
      throw new TypeError('a bug');
    };
    const span = tracer.startSpan('request');
    const sent = context.with(trace.setSpan(context.active(), span), () => app.execute(RunErrand.of({ id: 'undone' })));
    await expect(sent).rejects.toThrow();
    const unit = exporter.getFinishedSpans().find(({ name }) => name === 'ROLLBACK office');
    expect(unit?.attributes['error.type']).toBe('TypeError');
  });

  it('when nobody asked for a trace, a unit of work begins none', async () => {
    await app.get(UnitOfWork).run(() => undefined);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('what is asked apart from every trace begins none, in whichever process it is answered', async () => {
    await context.with(APART, () => app.ask(CountNotes.of({ id: 'apart' })));
    expect(exporter.getFinishedSpans()).toEqual([]);
    const { traceId } = await inSpan(() => app.ask(CountNotes.of({ id: 'traced' })));
    const query = exporter.getFinishedSpans().find(({ name }) => name === 'query office.CountNotes');
    expect(query?.spanContext().traceId).toBe(traceId);
  });

  it('each handler can read the trace it is in', async () => {
    const { spans } = await request('read');
    for (const [handler, span] of [
      ['RunErrand', 'command office.RunErrand'],
      ['ReportBack', 'event office.ErrandRun ReportBack'],
      ['AddNote', 'command office.AddNote'],
    ]) {
      const { traceId, spanId } = spans.find((each) => each.name === span)!.spanContext();
      expect(Errands.by(handler!)[0]?.traceparent).toBe(`00-${traceId}-${spanId}-01`);
    }
  });

  it('who asked, what it belongs to and what caused it are readable in each handler', async () => {
    await request('known');
    const [command, event, nested] = ['RunErrand', 'ReportBack', 'AddNote'].map((each) => Errands.by(each)[0]!);
    for (const seen of [command, event, nested]) {
      expect(seen?.principal).toEqual(principal);
      expect(seen?.correlationId).toBe(command?.correlationId);
    }
    expect(event?.causationId).toBe(command?.id);
    expect(nested?.causationId).toBe(event?.id);
    expect(new Set([command?.id, event?.id, nested?.id]).size).toBe(3);
  });

  it('a deadline is readable, and what is sent on has no later one', async () => {
    const before = Date.now();
    await request('timed');
    const [command, event, nested] = ['RunErrand', 'ReportBack', 'AddNote'].map((each) => Errands.by(each)[0]!);
    expect(command!.deadline).toBeGreaterThan(before);
    expect(command!.deadline).toBeLessThanOrEqual(Date.now() + 30_000);
    expect(event!.deadline).toBeGreaterThan(before);
    expect(nested!.deadline).toBeLessThanOrEqual(event!.deadline);
    expect(currentMessage()).toBeUndefined();
  });

  it('when a stored trace is continued, what is published belongs to it and the present span is linked to it', async () => {
    const stored = tracer.startSpan('stored');
    stored.end();
    const traceparent = currentTraceparent(trace.setSpan(context.active(), stored))!;
    const sweep = tracer.startSpan('sweep');
    await context.with(trace.setSpan(context.active(), sweep), () =>
      continueTrace(traceparent, () => app.execute(RunErrand.of({ id: 'continued' }))),
    );
    sweep.end();
    await app.settled();
    const { traceId } = stored.spanContext();
    const spans = exporter.getFinishedSpans();
    const event = spans.find((each) => each.name === 'event office.ErrandRun ReportBack')!;
    expect(event.spanContext().traceId).toBe(traceId);
    const links = spans.find((each) => each.name === 'sweep')!.links;
    expect(links.map((each) => each.context.traceId)).toEqual([traceId]);
  });

  it('a rejection is an outcome of its span, a bug an error', async () => {
    Errands.beforeWriting = () => {
      throw new TypeError('a bug');
    };
    await expect(app.execute(RunErrand.of({ id: 'bug' }))).rejects.toThrow();
    await expect(app.execute(Object.assign(new RunErrand(), { id: 5 }))).rejects.toThrow();
    const [bug, rejection] = exporter.getFinishedSpans().filter(({ name }) => name === 'command office.RunErrand');
    expect(bug?.status.code).toBe(2);
    expect(bug?.events[0]?.name).toBe('exception');
    expect(rejection?.status.code).toBe(0);
    expect(rejection?.attributes['error.type']).toBe('validation_failed');
  });

  it('when an event comes without a trace, its handler begins one', async () => {
    await app.publish(ErrandRun.of({ id: 'untraced' }));
    const span = exporter.getFinishedSpans().find((each) => each.name === 'event office.ErrandRun ReportBack')!;
    expect(span.parentSpanContext).toBeUndefined();
  });
});

/** The span that caused another; the way from one process to another is one between them. */
function causeOf({ parentSpanContext }: ReadableSpan, spans: readonly ReadableSpan[]): ReadableSpan | undefined {
  const parent = spans.find((each) => each.spanContext().spanId === parentSpanContext?.spanId);
  return parent?.name.startsWith('send ') ? causeOf(parent, spans) : parent;
}

describe('a traceparent', () => {
  it('when it is malformed or all zero, is none', () => {
    const good = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(parseTraceparent(good)).toMatchObject({ spanId: 'b7ad6b7169203331', traceFlags: 1, isRemote: true });
    for (const bad of [
      undefined,
      '',
      good.toUpperCase(),
      good.slice(1),
      '00-00000000000000000000000000000000-b7ad6b7169203331-01',
      '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
    ]) {
      expect(parseTraceparent(bad)).toBeUndefined();
    }
  });
});
