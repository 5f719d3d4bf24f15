import type { Refusal } from './frame.js';

/** What went through one link since it was made. Only ever grows, as a Prometheus counter does. */
export class Counters {
  framesOut = 0;
  framesIn = 0;
  /** Requests, replies and broadcasts sent; a frame carries several. */
  itemsOut = 0;
  itemsIn = 0;
  /** Frames that were not accepted. */
  readonly refused = new Map<Refusal, number>();
  /** Requests sent again, because Redis or a process had gone away. */
  resent = 0;
  /** Entries taken over from consumers that no longer renewed them. */
  takenOver = 0;
  /** Requests whose deadline had passed before a handler saw them. */
  expired = 0;
  /** Requests that a handler failed to answer: it threw instead. */
  faults = 0;
  /** Replies that came after the caller had given up, or twice. */
  lateReplies = 0;
  /** Broadcasts that were not sent because Redis was away. */
  droppedBroadcasts = 0;
  /** How often Redis came back without what it held. */
  dataLost = 0;
  /** Connections established, the first ones included. */
  connections = 0;
  /** Events given up after their last attempt; see `RedisStreamsServer`. */
  droppedEvents = 0;

  refuse(reason: Refusal): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
  }
}
