import type { ServerResponse } from 'node:http';
import { type FeedEntryView, type FeedPageView } from '../contract/index.js';

/** Why a stream ended; `unconfirmed`: the client's admission could not be checked for too long. */
export type EndReason = 'left' | 'slow' | 'expired' | 'unconfirmed' | 'draining';

/** Whether a client is still admitted; unknown if the check cannot be made. */
export type Admission = 'admitted' | 'refused' | 'unknown';

export interface StreamRequest {
  readonly audience: string;
  /** The caller. */
  readonly subject: string;
  /** The caller's network. */
  readonly network: string;
  /** The last event that the client has; absent: only new events. */
  readonly after?: number;
  /** When the credential that opened it expires, if known. */
  readonly expiresAt?: Date;
  readonly admission: () => Promise<Admission>;
}

/**
 * Milliseconds after which a client reconnects: randomly up to twice that, so that the clients of a stopping process do
 * not all reconnect at once.
 */
const COME_AGAIN_MS = 3_000;
/** Consecutive heartbeats that find the socket full before the client counts as not reading. */
const PATIENCE = 2;
/** Consecutive admission checks, one a heartbeat, without an answer. */
const UNANSWERED = 4;

/**
 * One connected client: server-sent events on one response. The next page is written only after the socket has taken
 * the one before, so that at most a page is buffered here; the backlog stays in the feed.
 */
export class LiveStream {
  /** All entries up to this sequence have been sent; unknown until monitoring first answers. */
  position?: number;
  /** Whether it has caught up and receives new entries together with the other followers. */
  isFollowing = false;
  isCatchingUp = false;
  isOpen = true;
  /** Whether monitoring did not answer when it began: entries of that time cannot be delivered. */
  private hasBegunBlind = false;
  private heartbeatsFull = 0;
  private unanswered = 0;

  constructor(
    private readonly request: StreamRequest,
    private readonly response: ServerResponse,
  ) {
    this.position = request.after;
  }

  get audience(): string {
    return this.request.audience;
  }

  get subject(): string {
    return this.request.subject;
  }

  get network(): string {
    return this.request.network;
  }

  /** Whether its socket accepts more. */
  get isFree(): boolean {
    return this.isOpen && !this.response.writableNeedDrain;
  }

  /** @param random from 0 to 1 */
  begin(random = Math.random()): void {
    this.response.write(`retry: ${Math.floor(COME_AGAIN_MS * (1 + random))}\n\n`);
  }

  isExpired(now: Date): boolean {
    return this.request.expiresAt !== undefined && this.request.expiresAt <= now;
  }

  /** @returns why it must end, if so: its client is refused, or could not be checked for too long. */
  async ask(): Promise<'expired' | 'unconfirmed' | undefined> {
    const admission = await this.request.admission();
    if (admission === 'refused') return 'expired';
    this.unanswered = admission === 'unknown' ? this.unanswered + 1 : 0;
    return this.unanswered < UNANSWERED ? undefined : 'unconfirmed';
  }

  couldNotRead(): void {
    if (this.position === undefined) this.hasBegunBlind = true;
  }

  take({ entries, position, isComplete }: Pick<FeedPageView, 'entries' | 'position' | 'isComplete'>): void {
    const isFirst = this.position === undefined;
    const hasGap = !isComplete || (isFirst && this.hasBegunBlind);
    const own = entries.filter(
      ({ audience, sequence }) => audience === this.audience && sequence > (this.position ?? 0),
    );
    const frames = own.map(frameOf);
    if (hasGap) frames.unshift('event: reset\ndata: {"reason":"events_missing"}\n\n');
    if (isFirst || hasGap) frames.push(`id: ${position}\n\n`);
    // A restored feed restarts at a lower position.
    this.position = hasGap ? position : Math.max(position, this.position ?? 0);
    if (frames.length > 0) this.response.write(frames.join(''));
  }

  /**
   * Shows proxies and the client that the stream is alive, and tells the client its position even if entries are rare.
   */
  beat(): 'alive' | 'stuck' {
    if (this.response.writableNeedDrain) return ++this.heartbeatsFull < PATIENCE ? 'alive' : 'stuck';
    this.heartbeatsFull = 0;
    this.response.write(this.position === undefined ? ': \n\n' : `: \nid: ${this.position}\n\n`);
    return 'alive';
  }

  /** Ends the stream; the client reconnects and resumes at its position. */
  end(reason: EndReason): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    // A client that does not read would not read the end either and could keep its socket indefinitely.
    if (reason === 'slow' || this.response.writableNeedDrain) this.response.destroy();
    else this.response.end(`event: end\ndata: {"reason":"${reason}"}\n\n`);
  }
}

function frameOf({ sequence, type, data, at, traceId }: FeedEntryView): string {
  const about = JSON.stringify({ type, at, traceId });
  return `id: ${sequence}\nevent: ${type}\ndata: ${about.slice(0, -1)},"data":${data}}\n\n`;
}
