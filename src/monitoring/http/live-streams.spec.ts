import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { FixedClock, limits } from '@aitbc/platform';
import type { QueryBus } from '@nestjs/cqrs';
import { type FeedPageView, OPERATORS, type ReadFeed, TooManyStreams } from '../contract/index.js';
import type { Admission, StreamRequest } from './live-stream.js';
import { liveStreamOptions, LiveStreams } from './live-streams.js';
import type { StreamMetrics } from './stream-metrics.js';
import type { MostStreams, StreamPlace } from './stream-places.js';

const { heartbeatMs, lookAgainMs } = liveStreamOptions;
const most = Object.fromEntries(Object.entries(limits).map(([name, { fallback }]) => [name, fallback])) as MostStreams;
const page = { entries: [], position: 1, isFull: false, isComplete: true };

/** A response whose socket accepts everything, or nothing. */
class Socket extends Writable {
  text = '';

  constructor(private readonly takes = true) {
    super({ highWaterMark: 64 });
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    if (this.takes) done();
  }
}

/** Counts concurrent calls, which end when the test releases them. */
class Gate<T> {
  entered = 0;
  most = 0;
  private readonly inside: (() => void)[] = [];

  constructor(private readonly answer: T) {}

  readonly enter = (): Promise<T> => {
    this.entered += 1;
    return new Promise((resolve) => {
      this.most = Math.max(
        this.most,
        this.inside.push(() => resolve(this.answer)),
      );
    });
  };

  async open(): Promise<void> {
    while (this.inside.length > 0) {
      this.inside.splice(0).forEach((leave) => leave());
      await vi.advanceTimersByTimeAsync(0);
    }
  }
}

describe('the streams of a process', () => {
  const clock = new FixedClock(new Date('2026-05-01T12:00:00.000Z'));
  const ended: string[] = [];
  let streams: LiveStreams;
  let readFeed: (query: ReadFeed) => Promise<FeedPageView>;

  beforeEach(() => {
    vi.useFakeTimers();
    ended.length = 0;
    readFeed = async () => page as FeedPageView;
    const queries = { execute: (query: ReadFeed) => readFeed(query) } as unknown as QueryBus;
    const metrics = { export: () => undefined, ended: (reason: string) => ended.push(reason) };
    streams = new LiveStreams(queries, metrics as unknown as StreamMetrics, clock, liveStreamOptions);
    streams.onModuleInit();
  });
  afterEach(() => {
    streams.beforeApplicationShutdown();
    vi.useRealTimers();
  });

  let opened = 0;
  function open(request: Partial<StreamRequest> = {}, socket = new Socket()): Socket {
    const subject = `user ${(opened += 1)}`;
    const admission = async (): Promise<Admission> => 'admitted';
    streams.open(
      { audience: subject, subject, network: subject, admission, ...request },
      socket as unknown as ServerResponse,
    );
    return socket;
  }
  /** Each on its own network by default. */
  function isAdmitted(subject: string, other: Partial<StreamPlace> = {}): boolean {
    const asked = { audience: subject, subject, network: subject, ...other };
    try {
      streams.mustHaveRoomFor(asked, most);
    } catch {
      return false;
    }
    open(asked);
    return true;
  }
  const heartbeats = (count: number) => vi.advanceTimersByTimeAsync(count * heartbeatMs);

  it('however many they are, ask few at a time whether their clients may still listen, and ask about each', async () => {
    const gate = new Gate<Admission>('refused');
    for (let n = 0; n < 700; n++) open({ admission: gate.enter });
    await heartbeats(2);
    expect(gate.most).toBe(32);
    await gate.open();
    expect([gate.entered, gate.most]).toEqual([700, 32]);
    expect(ended).toEqual(Array(700).fill('expired'));
  });

  it('however many they are, catch up few at a time', async () => {
    const gate = new Gate(page as FeedPageView);
    readFeed = gate.enter;
    for (let n = 0; n < 100; n++) open();
    await vi.advanceTimersByTimeAsync(2 * lookAgainMs);
    expect(gate.most).toBe(16);
    await gate.open();
    expect(gate.entered).toBeGreaterThanOrEqual(100);
    // Plus the one page for all followers.
    expect(gate.most).toBeLessThanOrEqual(17);
  });

  it('end when nobody has known four times in a row whether their client may still listen', async () => {
    const answers: Admission[] = ['unknown', 'unknown', 'unknown', 'admitted', ...Array<Admission>(4).fill('unknown')];
    const socket = open({ admission: async () => answers.shift()! });
    await heartbeats(7);
    expect(ended).toEqual([]);
    await heartbeats(1);
    expect(ended).toEqual(['unconfirmed']);
    expect(socket.text).toContain('event: end\ndata: {"reason":"unconfirmed"}');
  });

  it('end with what they were opened with, though nobody answers', async () => {
    const expiresAt = new Date(clock.now().getTime() + 60_000);
    open({ expiresAt, admission: () => new Promise(() => undefined) });
    await heartbeats(1);
    clock.advance(59_999);
    await heartbeats(1);
    expect(ended).toEqual([]);
    clock.advance(1);
    await heartbeats(1);
    expect(ended).toEqual(['expired']);
  });

  it('have their clients come again at different times', () => {
    const waits = Array.from({ length: 20 }, () => Number(/^retry: (\d+)$/m.exec(open().text)![1]));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...waits)).toBeLessThan(6_000);
    expect(new Set(waits).size).toBeGreaterThan(10);
  });

  it('take no place for a client that has gone before they begin', () => {
    const socket = new Socket();
    socket.destroy();
    const ada = { audience: 'ada', subject: 'ada', network: '192.0.2.1' };
    for (let n = 0; n < most['streams-per-user']; n++) open(ada, socket);
    expect(() => streams.mustHaveRoomFor(ada, most)).not.toThrow();
    for (let n = 0; n < most['streams-per-user']; n++) open(ada);
    expect(() => streams.mustHaveRoomFor(ada, most)).toThrow(TooManyStreams);
  });

  it('leave room for the first stream of everybody, however many some users open', () => {
    let taken = 0;
    for (let user = 0; user < 100; user++) {
      for (let n = 0; n < most['streams-per-user']; n++) if (isAdmitted(`greedy ${user}`)) taken += 1;
    }
    expect(taken).toBe(100 + most['further-streams-of-users']);
    for (let user = 0; user < most['streams-of-users'] - taken; user++) expect(isAdmitted(`modest ${user}`)).toBe(true);
    expect(isAdmitted('one too many')).toBe(false);
  });

  it('leave room for other networks, however many accounts one network has, and for its operators', () => {
    const network = '192.0.2.1';
    for (let user = 0; user < most['streams-of-users']; user++) isAdmitted(`account ${user}`, { network });
    expect(() => streams.mustHaveRoomFor({ audience: 'ada', subject: 'ada', network }, most)).toThrow(
      new TooManyStreams('streams-per-network', most['streams-per-network']),
    );
    expect(isAdmitted('eve')).toBe(true);
    expect(isAdmitted('admin', { audience: OPERATORS, network })).toBe(true);
  });

  it('whose time is over give the socket back, also of a client that does not read', async () => {
    const entry = { audience: 'ada', sequence: 1, type: 'bulk', data: `"${'x'.repeat(100)}"`, at: clock.now() };
    readFeed = async () => ({ ...page, entries: [entry] }) as unknown as FeedPageView;
    const asleep = open({ audience: 'ada', expiresAt: clock.now() }, new Socket(false));
    const awake = open({ audience: 'ada', expiresAt: clock.now() });
    await heartbeats(1);
    expect(ended).toEqual(['expired', 'expired']);
    expect([asleep.destroyed, asleep.text]).toEqual([true, expect.not.stringContaining('event: end')]);
    expect(awake.text).toContain('event: end\ndata: {"reason":"expired"}');
  });
});
