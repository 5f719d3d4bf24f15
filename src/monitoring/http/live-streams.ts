import type { ServerResponse } from 'node:http';
import { APART, runInRequest } from '@aitbc/modulith';
import { Clock, fewAtOnce } from '@aitbc/platform';
import { type BeforeApplicationShutdown, Inject, Logger, type OnModuleInit } from '@nestjs/common';
import { EventsHandler, type IEventHandler, QueryBus } from '@nestjs/cqrs';
import { context as otel } from '@opentelemetry/api';
import { FeedGrew, type FeedPageView, NoStreamFree, OPERATORS, ReadFeed } from '../contract/index.js';
import { type EndReason, LiveStream, type StreamRequest } from './live-stream.js';
import { StreamMetrics } from './stream-metrics.js';
import { type MostStreams, mustHavePlace, type StreamPlace } from './stream-places.js';

export interface LiveStreamOptions {
  readonly heartbeatMs: number;
  /** How long a lost wake-up goes unnoticed. */
  readonly lookAgainMs: number;
}

export const LIVE_STREAM_OPTIONS = Symbol('LiveStreamOptions');

export const liveStreamOptions: LiveStreamOptions = {
  heartbeatMs: 15_000,
  lookAgainMs: 5_000,
};

const PAGE = 100;
/** The timeout for monitoring, which may be unavailable. */
const ANSWER_MS = 5_000;

/** Far below the limit at which a module rejects queries, to leave room for other callers. */
const CHECKS_AT_ONCE = 32;
const PAGES_AT_ONCE = 16;

/**
 * The connected clients of this process. Those that have caught up follow the feed together: one query serves any
 * number of them.
 */
@EventsHandler(FeedGrew)
export class LiveStreams implements IEventHandler<FeedGrew>, OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(LiveStreams.name);
  private readonly streams = new Set<LiveStream>();
  private readonly timers: NodeJS.Timeout[] = [];
  private reading?: Promise<void>;
  private readAgain = false;
  private checking?: Promise<void>;
  private readonly fewChecks = fewAtOnce(CHECKS_AT_ONCE);
  private readonly fewPages = fewAtOnce(PAGES_AT_ONCE);
  private isClosing = false;

  constructor(
    private readonly queries: QueryBus,
    private readonly metrics: StreamMetrics,
    private readonly clock: Clock,
    @Inject(LIVE_STREAM_OPTIONS) private readonly options: LiveStreamOptions,
  ) {}

  onModuleInit(): void {
    this.metrics.export(() =>
      [...this.streams].map(({ audience }) => (audience === OPERATORS ? 'operators' : 'users')),
    );
    const { heartbeatMs, lookAgainMs } = this.options;
    this.timers.push(setInterval(() => this.lookAgain(), lookAgainMs).unref());
    this.timers.push(setInterval(() => this.beat(), heartbeatMs).unref());
  }

  /**
   * Open the stream without an `await` in between, so that no concurrent request takes the place.
   * @throws TooManyStreams, NoStreamFree before anything is written
   */
  mustHaveRoomFor(asked: StreamPlace, most: MostStreams): void {
    if (this.isClosing) throw new NoStreamFree();
    mustHavePlace(asked, [...this.streams], most);
  }

  /** Writes to a response whose head has been sent, until either side ends it. */
  open(request: StreamRequest, response: ServerResponse): void {
    // The client disconnected during admission: no further close event follows.
    if (response.destroyed) return;
    const stream = new LiveStream(request, response);
    this.streams.add(stream);
    response.on('drain', () => void this.catchUp(stream));
    response.on('error', () => undefined);
    response.on('close', () => this.forget(stream));
    stream.begin();
    void this.catchUp(stream);
  }

  handle({ audiences }: FeedGrew): void {
    const woken = new Set(audiences);
    for (const { audience } of this.streams) if (woken.has(audience)) return void this.follow();
  }

  /** A closing server waits for its responses. */
  beforeApplicationShutdown(): void {
    this.isClosing = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const stream of this.streams) this.end(stream, 'draining');
  }

  /** Delivers entries whose wake-up was lost or came while monitoring was unavailable. */
  private lookAgain(): void {
    for (const stream of this.streams) void this.catchUp(stream);
    void this.follow();
  }

  /** Sends one stream its backlog until it can follow with the others. */
  private async catchUp(stream: LiveStream): Promise<void> {
    if (stream.isFollowing || stream.isCatchingUp) return;
    stream.isCatchingUp = true;
    try {
      while (stream.isFree && !stream.isFollowing) {
        const page = await this.fewPages(async () =>
          stream.isOpen ? this.read([stream.audience], stream.position) : undefined,
        );
        if (!page || !stream.isFree) break;
        stream.take(page);
        stream.isFollowing = !page.isFull;
      }
    } catch {
      stream.couldNotRead();
    } finally {
      stream.isCatchingUp = false;
    }
    // A wake-up may have come just before it followed.
    if (stream.isFollowing) void this.follow();
  }

  /** Sends new entries to all followers; one run at a time, and another if requested meanwhile. */
  private follow(): Promise<void> {
    this.readAgain = true;
    return (this.reading ??= this.readNews().finally(() => (this.reading = undefined)));
  }

  private async readNews(): Promise<void> {
    while (this.readAgain && !this.isClosing) {
      this.readAgain = false;
      const following = [...this.streams].filter((stream) => stream.isFollowing);
      if (following.length === 0) return;
      // Their positions differ since they began to follow; entries that a stream already has are skipped.
      const after = Math.min(...following.map(({ position }) => position!));
      const audiences = [...new Set(following.map(({ audience }) => audience))];
      const page = await this.read(audiences, after).catch((error: unknown) => {
        this.logger.warn(`Live streams wait for the next news: ${String(error)}`);
      });
      if (!page) return;
      for (const stream of following) this.give(stream, page);
      if (page.isFull) this.readAgain = true;
    }
  }

  private give(stream: LiveStream, page: FeedPageView): void {
    if (stream.isFree) stream.take(page);
    // A slower client catches up by itself when its socket has room.
    else stream.isFollowing = false;
  }

  private read(audiences: string[], after: number | undefined): Promise<FeedPageView> {
    // Outside the trace and the deadline of the request that opened a stream.
    return otel.with(APART, () =>
      runInRequest({ deadlineMs: ANSWER_MS }, () =>
        this.queries.execute(ReadFeed.of({ audiences, after, limit: PAGE })),
      ),
    );
  }

  private beat(): void {
    const now = this.clock.now();
    for (const stream of this.streams) {
      // Applies whatever the admission check answers, or if it does not.
      if (stream.isExpired(now)) this.end(stream, 'expired');
      else if (stream.beat() === 'stuck') this.end(stream, 'slow');
    }
    // If answers are slow, the next round waits for this one.
    this.checking ??= this.check().finally(() => (this.checking = undefined));
  }

  /** Ends the streams of clients that are no longer admitted. */
  private async check(): Promise<void> {
    await Promise.all(
      [...this.streams].map((stream) =>
        this.fewChecks(async () => {
          const reason = stream.isOpen ? await otel.with(APART, () => stream.ask()) : undefined;
          if (reason) this.end(stream, reason);
        }),
      ),
    );
  }

  private end(stream: LiveStream, reason: EndReason): void {
    if (!stream.isOpen) return;
    stream.end(reason);
    this.metrics.ended(reason);
    this.streams.delete(stream);
  }

  private forget(stream: LiveStream): void {
    if (stream.isOpen) this.metrics.ended('left');
    stream.isOpen = false;
    this.streams.delete(stream);
  }
}
