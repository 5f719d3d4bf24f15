import { context as otel, trace } from '@opentelemetry/api';
import Fastify, { type FastifyInstance } from 'fastify';
import { register } from 'prom-client';
import { currentTraceparent, DomainError } from '@aitbc/modulith';
import { ProblemFilter } from '../http/problem-filter.js';
import { observeHttp } from './http-telemetry.js';
import { readMetrics } from './metric-reading.js';
import { startTracing, type Tracing } from './tracing.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

class Closed extends DomainError {
  static override readonly code = 'things.closed';
  static override readonly kind = 'unavailable';
}

class Broken extends DomainError {
  static override readonly code = 'things.broken';
  static override readonly kind = 'unavailable';
}

describe('a request', () => {
  let server: FastifyInstance;
  let tracing: Tracing;

  beforeAll(async () => {
    tracing = startTracing({ serviceName: 'test', serviceVersion: '0' });
    server = Fastify();
    observeHttp(server, { intended: new Set(['things.closed']) });
    const problems = new ProblemFilter();
    server.get('/closed', (request, reply) => problems.answer(new Closed('closed'), request, reply));
    server.get('/closed/broken', (request, reply) => problems.answer(new Broken('broken'), request, reply));
    server.post('/things/:id', async () => {
      await new Promise((end) => setTimeout(end, 1));
      return { traceparent: currentTraceparent(), active: trace.getSpan(otel.active()) !== undefined };
    });
    server.get('/broken', () => Promise.reject(new Error('broken')));
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await server.close();
    await tracing.stop();
  });

  const url = (path: string) => `http://127.0.0.1:${(server.server.address() as { port: number }).port}${path}`;
  // Larger than one packet, so that its body arrives after the first hooks have run.
  const post = (path: string, headers: Record<string, string> = {}) =>
    fetch(url(path), {
      method: 'POST',
      body: JSON.stringify({ text: 'x'.repeat(500_000) }),
      headers: { 'content-type': 'application/json', ...headers },
    });

  it('with a traceparent continues that trace, behind its body too', async () => {
    const response = await post('/things/1', { traceparent: PARENT });
    const answer = (await response.json()) as { traceparent: string };
    expect(answer.traceparent).toContain(TRACE);
    expect(response.headers.get('x-trace-id')).toBe(TRACE);
    await vi.waitFor(() => expect(tracing.recent.find(TRACE)).toHaveLength(1));
    const [span] = tracing.recent.find(TRACE);
    expect(span).toMatchObject({
      name: 'POST /things/:id',
      kind: 'server',
      parentSpanId: '00f067aa0ba902b7',
      failed: false,
    });
  });

  it('of a caller that does not trace itself is recorded all the same', async () => {
    const traceId = TRACE.replace('4bf9', 'bbbb');
    await post('/things/1', { traceparent: `00-${traceId}-00f067aa0ba902b7-00` });
    await vi.waitFor(() => expect(tracing.recent.find(traceId)).toHaveLength(1));
  });

  it('is described by the conventions, and not by what its caller wrote', async () => {
    const id = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
    const traceId = TRACE.replace('4bf9', 'cccc');
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-secret': 'hush' };
    await post(`/things/${id}?token=hush`, headers);
    await vi.waitFor(() => expect(tracing.recent.find(traceId)).toHaveLength(1));
    const [span] = tracing.recent.find(traceId);
    expect(span!.attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/things/:id',
      'http.request.id': expect.any(String),
      'http.response.status_code': 200,
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'aitbc.resource.id': id,
    });
  });

  it('refused on purpose is counted apart from those that fail', async () => {
    await Promise.all(['/closed', '/closed', '/closed/broken'].map((path) => fetch(url(path))));
    const metric = 'http_server_request_duration_seconds_count';
    const where = [{ label: 'http_route', op: '=~', value: '/closed.*' }] as const;
    await vi.waitFor(async () =>
      expect(await readMetrics([{ metric, where, by: ['error_type'] }])).toEqual([
        expect.arrayContaining([
          { labels: ['things.closed'], value: 2 },
          { labels: [''], value: 1 },
        ]),
      ]),
    );
  });

  it('to no route is called by its method alone', async () => {
    const traceId = TRACE.replace('4bf9', 'dddd');
    await fetch(url('/nowhere/hush'), { headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
    await vi.waitFor(() => expect(tracing.recent.find(traceId)).toHaveLength(1));
    const [span] = tracing.recent.find(traceId);
    expect(span!.name).toBe('GET');
    expect(JSON.stringify(span)).not.toMatch(/hush|http\.route/);
  });

  it('without one begins a trace of its own', async () => {
    const [first, second] = await Promise.all([post('/things/1'), post('/things/2')]);
    expect(first.headers.get('x-trace-id')).not.toBe(second.headers.get('x-trace-id'));
  });

  it('with a malformed one begins a trace of its own', async () => {
    const response = await post('/things/1', { traceparent: '00-nonsense' });
    expect(response.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('that fails marks its span', async () => {
    const response = await fetch(url('/broken'), { headers: { traceparent: PARENT.replace(/4bf9/, 'aaaa') } });
    expect(response.status).toBe(500);
    const traceId = TRACE.replace('4bf9', 'aaaa');
    await vi.waitFor(() => expect(tracing.recent.find(traceId)).toHaveLength(1));
    expect(tracing.recent.find(traceId)[0]).toMatchObject({ failed: true, attributes: { 'error.type': '500' } });
  });

  it('is counted by its route, whatever its path and its method say: 20,000 of them make no more series', async () => {
    const series = async () => (await register.metrics()).split('\n').filter((line) => line && !line.startsWith('#'));
    const methods = ['GET', 'POST', 'PURGE', 'PROPFIND', 'M-SEARCH', 'DELETE'];
    const ask = async (from: number, to: number) => {
      for (let at = from; at < to; at += 1) {
        const method = methods[at % methods.length] as 'GET';
        await server.inject({ method, url: at % 2 ? `/nowhere/${at}` : `/things/${at}?hostile=${at}` });
      }
    };
    await ask(0, 60);
    const before = (await series()).length;
    await ask(60, 20_060);
    const after = await series();
    expect(after.length).toBe(before);
    expect(after.join('\n')).toContain('http_route="/things/:id"');
    expect(after.join('\n')).toContain('http_request_method="_OTHER"');
    expect(after.join('\n')).not.toMatch(/nowhere|hostile|PURGE|things\/\d/);
  });
});
