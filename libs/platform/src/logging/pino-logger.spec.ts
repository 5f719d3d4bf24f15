import { runInRequest } from '@aitbc/modulith';
import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { PinoLogger } from './pino-logger.js';

const KEY = '4c0883a69102937d6231471b5dbb6204fe512961708279f2e3e8a5d4b8e3e1a7';
const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };

/** What a logger writes. */
function logger(level = 'info') {
  const lines: string[] = [];
  const logger = new PinoLogger(level, { write: (line) => void lines.push(line) });
  return { logger, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('a line of the log', () => {
  it('names the trace and the request that it belongs to', () => {
    const { logger: log, read } = logger();
    context.with(trace.setSpanContext(ROOT_CONTEXT, span), () =>
      runInRequest({ correlationId: 'request-1234' }, () => log.warn('it is late', 'Relay')),
    );
    expect(read()).toEqual([
      expect.objectContaining({
        level: 'warn',
        context: 'Relay',
        msg: 'it is late',
        requestId: 'request-1234',
        traceId: span.traceId,
        spanId: span.spanId,
      }),
    ]);
  });

  it('outside of both names neither', () => {
    const { logger: log, read } = logger();
    log.log('started', 'Main');
    expect(Object.keys(read()[0]!)).toEqual(['level', 'time', 'context', 'msg']);
  });

  it('of an object has its fields', () => {
    const { logger: log, read } = logger();
    log.warn({ msg: 'answered', route: '/v1/offers/:id', status: 503, requestId: 'own' }, 'Http');
    expect(read()[0]).toMatchObject({
      context: 'Http',
      msg: 'answered',
      route: '/v1/offers/:id',
      status: 503,
      requestId: 'own',
    });
  });

  it('shows no secret: not in the message, in fields, in an error or its stack', () => {
    const { logger: log, lines, read } = logger();
    log.error(`signing with ${KEY} failed`, `Error: ${KEY}\n    at sign`, 'Wallet');
    log.error(new Error(`Bearer ${KEY.slice(0, 40)} is unknown`), 'Http');
    log.log({ msg: 'signed in', password: 'hush', nested: { refreshToken: 'hush' } });
    expect(lines.join('\n')).not.toMatch(new RegExp(`hush|${KEY.slice(8, 30)}`));
    // It is still JSON.
    expect(read()).toHaveLength(3);
  });

  it('is not written below the level', () => {
    const { logger: log, lines } = logger('warn');
    log.log('started');
    log.debug('details');
    expect(lines).toEqual([]);
  });
});
