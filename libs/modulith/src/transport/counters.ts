import type { Refusal } from './frame.js';

/** The traffic of one link since its creation. Monotonic, like Prometheus counters. */
export class Counters {
  framesOut = 0;
  framesIn = 0;
  /** Requests, replies and broadcasts sent; a frame carries several. */
  itemsOut = 0;
  itemsIn = 0;
  /** Rejected frames, by reason. */
  readonly refused = new Map<Refusal, number>();
  /** Requests resent after Redis or a process had failed. */
  resent = 0;
  /** Entries taken over from consumers that stopped renewing them. */
  takenOver = 0;
  /** Requests whose deadline passed before they reached a handler. */
  expired = 0;
  /** Requests whose handler threw instead of answering. */
  faults = 0;
  /** Replies that came after the caller had given up, or twice. */
  lateReplies = 0;
  /** Broadcasts dropped while Redis was unavailable. */
  droppedBroadcasts = 0;
  /** How often Redis came back without its data. */
  dataLost = 0;
  /** Connections established, including the first ones. */
  connections = 0;
  /** Events dropped after their last attempt; see `RedisStreamsServer`. */
  droppedEvents = 0;

  refuse(reason: Refusal): void {
    this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
  }
}
