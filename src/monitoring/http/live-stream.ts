import type { ServerResponse } from 'node:http';
import { type FeedEntryView, type FeedPageView } from '../contract/index.js';

/** Why a stream ended; `unconfirmed`: for long nobody could say whether its client may still listen. */
export type EndReason = 'left' | 'slow' | 'expired' | 'unconfirmed' | 'draining';

/** Whether a client would still be let in; unknown while nobody can say. */
export type Admission = 'admitted' | 'refused' | 'unknown';

export interface StreamRequest {
  readonly audience: string;
  /** Who opens it. */
  readonly subject: string;
  /** Where from. */
  readonly network: string;
  /** The last event that the client has; absent: it wants what is new. */
  readonly after?: number;
  /** When what it was opened with ends by itself, if that is known. */
  readonly expiresAt?: Date;
  readonly admission: () => Promise<Admission>;
}

/**
 * Milliseconds after which a client whose stream ended comes again: at least, and for some of them twice that, so that
 * those of a process that stops do not come all at once.
 */
const COME_AGAIN_MS = 3_000;
/** Heartbeats in a row that find its socket full: then its client does not read. */
const PATIENCE = 2;
/** Questions in a row, one a heartbeat, to which nobody knew the answer. */
const UNANSWERED = 4;

/**
 * One client that listens: server-sent events on one response. It is given the next page only when its socket has taken
 * the one before, so that what waits for it here is a page at most; the rest waits in the feed.
 */
export class LiveStream {
  /** It has been given all up to this sequence; unknown until monitoring has first answered. */
  position?: number;
  /** Whether it is given what is new together with all the others that have nothing left to catch up with. */
  isFollowing = false;
  isCatchingUp = false;
  isOpen = true;
  /** Whether monitoring did not answer when it began: what happened meanwhile, nobody can tell it. */
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

  /** Whether its socket takes more. */
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

  /** @returns why it is to end, if it is: its client is refused, or nobody has known for long. */
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
    // A feed that was restored begins again at a lower point.
    this.position = hasGap ? position : Math.max(position, this.position ?? 0);
    if (frames.length > 0) this.response.write(frames.join(''));
  }

  /** Shows proxies and client that it is alive, and the client how far it is: also one that is seldom told anything. */
  beat(): 'alive' | 'stuck' {
    if (this.response.writableNeedDrain) return ++this.heartbeatsFull < PATIENCE ? 'alive' : 'stuck';
    this.heartbeatsFull = 0;
    this.response.write(this.position === undefined ? ': \n\n' : `: \nid: ${this.position}\n\n`);
    return 'alive';
  }

  /** Ends it; the client comes again and goes on where it was. */
  end(reason: EndReason): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    // A client that takes nothing would not take the end either, and keep its socket for as long as it likes.
    if (reason === 'slow' || this.response.writableNeedDrain) this.response.destroy();
    else this.response.end(`event: end\ndata: {"reason":"${reason}"}\n\n`);
  }
}

function frameOf({ sequence, type, data, at, traceId }: FeedEntryView): string {
  const about = JSON.stringify({ type, at, traceId });
  return `id: ${sequence}\nevent: ${type}\ndata: ${about.slice(0, -1)},"data":${data}}\n\n`;
}
