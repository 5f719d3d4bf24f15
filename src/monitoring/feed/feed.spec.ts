import { setTimeout as delay } from 'node:timers/promises';
import { UnitOfWork } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AIT } from '@aitbc/platform';
import { context, ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { v7 as uuidv7 } from 'uuid';
import { JobChanged } from '../../agents/contract/index.js';
import { BookingChanged, type BookingStatus } from '../../marketplace/contract/index.js';
import { TransferFinished } from '../../wallet/contract/index.js';
import { type FeedPageView, OPERATORS, ReadFeed } from '../contract/index.js';
import { MonitoringScenario } from '../testing/monitoring-scenario.js';
import { Feed } from './feed.js';
import { PruneFeed } from './prune-feed.js';

const DAY = 24 * 60 * 60 * 1_000;
const ADDRESS = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

describeEachDatabase('the feed', (url) => {
  let scenario: MonitoringScenario;
  beforeAll(async () => void (scenario = await MonitoringScenario.start(url())));
  afterAll(() => scenario?.close());

  const read = (audience: string, after?: number, limit = 100): Promise<FeedPageView> =>
    scenario.app.ask(ReadFeed.of({ audiences: [audience], after, limit }));
  const told = async (audience: string) =>
    (await read(audience, 0)).entries.map(({ type, data }) => [type, JSON.parse(data) as unknown]);
  const parties = () => ({ bookingId: uuidv7(), clientId: uuidv7(), providerId: uuidv7() });
  /** Publishes like another module, without waiting for the delivery. */
  const offer = async (event: BookingChanged | JobChanged | TransferFinished) => {
    const { runtime } = scenario.app;
    const type = runtime.registry.messageOf(event);
    const messageId = uuidv7();
    runtime.offer('monitoring', {
      messageId,
      name: type.wireName,
      key: String((event as unknown as Record<string, unknown>)[type.keyField!]),
      payload: runtime.registry.codec.encode(event),
      metadata: { version: 1, correlationId: messageId, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
      publishedAt: new Date(),
    });
  };
  const booking = (of: ReturnType<typeof parties>, status: BookingStatus) =>
    offer(BookingChanged.of({ ...of, offerId: uuidv7(), status }));

  it('tells client and provider of their booking and its jobs, in order, and nobody else', async () => {
    const of = parties();
    const jobId = uuidv7();
    await booking(of, 'requested');
    await booking(of, 'funded');
    await offer(JobChanged.of({ ...of, jobId, status: 'queued', attempts: 0 }));
    await booking(parties(), 'funded');
    await offer(JobChanged.of({ ...of, jobId, status: 'completed', attempts: 1 }));
    await scenario.app.settled();
    for (const party of [of.clientId, of.providerId]) {
      expect((await told(party)).map(([type]) => type)).toEqual([
        'booking.requested',
        'booking.funded',
        'job.queued',
        'job.completed',
      ]);
    }
    expect((await told(of.clientId))[3]).toEqual([
      'job.completed',
      { jobId, bookingId: of.bookingId, status: 'completed', attempts: 1 },
    ]);
    const [entry] = (await read(of.clientId, 0)).entries;
    expect(entry).toMatchObject({ at: scenario.clock.now(), traceId: 'a'.repeat(32) });
  });

  it('tells the sender of a transfer what became of it, with the amount as people write it', async () => {
    const [walletId, transferId, userId] = [uuidv7(), uuidv7(), uuidv7()];
    const transactionHash = `0x${'1'.repeat(64)}`;
    const sent = { walletId, transferId, kind: 'transfer', status: 'confirmed', to: ADDRESS, transactionHash } as const;
    await offer(TransferFinished.of({ ...sent, userId, amount: (3n * AIT) / 2n }));
    await scenario.app.settled();
    expect(await told(userId)).toEqual([['transfer.confirmed', { ...sent, amount: '1.5', failure: null }]]);
  });

  it('tells the operators of a dispute', async () => {
    const of = parties();
    const before = (await read(OPERATORS)).position;
    await booking(of, 'disputed');
    await scenario.app.settled();
    const { entries } = await read(OPERATORS, before);
    expect(entries.map(({ type, data }) => [type, (JSON.parse(data) as { bookingId: string }).bookingId])).toEqual([
      ['booking.disputed', of.bookingId],
    ]);
  });

  it('is read page by page, from wherever somebody is', async () => {
    const audience = uuidv7();
    const { position: start } = await read(audience);
    for (const step of ['one', 'two', 'three']) await scenario.tell(audience, step);
    const types: string[] = [];
    let page = await read(audience, start, 2);
    types.push(...page.entries.map(({ type }) => type));
    expect(page).toMatchObject({ isFull: true, isComplete: true });
    page = await read(audience, page.position, 2);
    types.push(...page.entries.map(({ type }) => type));
    expect(page).toMatchObject({ isFull: false, isComplete: true, position: (await read(audience)).position });
    expect(types).toEqual(['one', 'two', 'three']);
  });

  it('when a unit of work fails, has told nothing', async () => {
    const audience = uuidv7();
    const failing = scenario.app.get(UnitOfWork).run(async () => {
      await scenario.app.get(Feed).append(audience, 'never', {});
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await told(audience)).toEqual([]);
  });

  it('refuses what no stream could carry', async () => {
    await expect(scenario.tell('x', 'two\nlines')).rejects.toThrow(RangeError);
    await expect(scenario.tell('x', 'long', { text: 'x'.repeat(5_000) })).rejects.toThrow(RangeError);
  });

  it('when many append at once, whoever reads along misses none and sees each once', async () => {
    const audience = uuidv7();
    let { position } = await read(audience);
    const seen: string[] = [];
    const readOn = async () => {
      const page = await read(audience, position, 500);
      seen.push(...page.entries.map(({ data }) => (JSON.parse(data) as { n: string }).n));
      position = page.position;
    };
    let isDone = false;
    const writing = Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 12; n++) {
          await scenario.app.get(UnitOfWork).run(async () => {
            await scenario.app.get(Feed).append(audience, 'count', { n: `${writer}-${n}` });
            // Some take longer to commit than others that began later.
            await delay((writer * 7 + n * 3) % 5);
          });
        }
      }),
    ).then(() => (isDone = true));
    while (!isDone) await readOn();
    await writing;
    await readOn();
    expect(seen).toHaveLength(96);
    expect(new Set(seen).size).toBe(96);
  });

  it('keeps the trace of whoever appends', async () => {
    const span = { traceId: 'd'.repeat(32), spanId: 'e'.repeat(16), traceFlags: TraceFlags.SAMPLED };
    const audience = uuidv7();
    await context.with(trace.setSpanContext(ROOT_CONTEXT, span), () => scenario.tell(audience, 'traced'));
    expect((await read(audience, 0)).entries[0]?.traceId).toBe(span.traceId);
  });

  it('forgets what is a week old, and says so to whoever asks from before', async () => {
    const audience = uuidv7();
    await scenario.tell(audience, 'old');
    const { position } = await read(audience);
    scenario.clock.advance(7 * DAY + 1);
    await scenario.tell(audience, 'new');
    await scenario.app.get(PruneFeed).prune();
    expect((await read(audience, position)).entries.map(({ type }) => type)).toEqual(['new']);
    expect(await read(audience, position)).toMatchObject({ isComplete: true });
    const late = await read(audience, position - 1);
    expect(late.isComplete).toBe(false);
    expect(late.entries.map(({ type }) => type)).toEqual(['new']);
  });

  it('never forgets the newest, so that it is known what was forgotten', async () => {
    scenario.clock.advance(30 * DAY);
    await scenario.app.get(PruneFeed).prune();
    const { position } = await read('anybody');
    expect(await read('anybody', position)).toMatchObject({ isComplete: true });
    expect(await read('anybody', position - 2)).toMatchObject({ isComplete: false });
    // As after a database was restored from a backup.
    expect(await read('anybody', position + 5)).toMatchObject({ isComplete: false, position });
  });
});
