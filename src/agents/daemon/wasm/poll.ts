import type { GuestMemory } from './guest-memory.js';
import type { LogicalClock } from './logical-clock.js';
import type { StandardStreams } from './standard-streams.js';

export interface PollRequest {
  subscriptions: number;
  events: number;
  count: number;
  stored: number;
}

interface Subscription {
  userdata: bigint;
  kind: number;
  /** Nanoseconds until it is due; streams are ready at once. */
  due: bigint;
  error: number;
  bytes: number;
}

const clockKind = 0;
const readKind = 1;
const subscriptionSize = 48;
const eventSize = 32;
const [success, badf, inval] = [0, 8, 28];

/** `poll_oneoff` without waiting: the logical clock jumps to the first subscription that is due. */
export function pollOnce(memory: GuestMemory, clock: LogicalClock, streams: StandardStreams, request: PollRequest) {
  if (request.count === 0) return inval;
  const size = request.count * subscriptionSize;
  // The product may exceed 32 bits, and a wrapped size would pass the bounds check.
  if (size > 0xffff_ffff) return inval;
  const list = memory.view(request.subscriptions, size);
  let soonest: bigint | undefined;
  for (let index = 0; index < request.count; index++) {
    const { due } = readSubscription(list, index, clock, streams);
    if (soonest === undefined || due < soonest) soonest = due;
  }
  let stored = 0;
  for (let index = 0; index < request.count; index++) {
    const subscription = readSubscription(list, index, clock, streams);
    if (subscription.due > soonest!) continue;
    memory.write((request.events >>> 0) + stored * eventSize, encodeEvent(subscription));
    stored++;
  }
  clock.advance(soonest!);
  memory.writeU32(request.stored, stored);
  return success;
}

function readSubscription(list: DataView, index: number, clock: LogicalClock, streams: StandardStreams): Subscription {
  const at = index * subscriptionSize;
  const userdata = list.getBigUint64(at, true);
  const kind = list.getUint8(at + 8);
  const which = list.getUint32(at + 16, true);
  if (kind === clockKind) {
    const absolute = (list.getUint16(at + 40, true) & 1) === 1;
    const due = clock.until(which, list.getBigUint64(at + 24, true), absolute);
    return { userdata, kind, due, error: success, bytes: 0 };
  }
  const ready = kind === readKind ? streams.isReadable(which) : streams.isWritable(which);
  const bytes = ready && kind === readKind ? streams.unread : 0;
  return { userdata, kind, due: 0n, error: ready ? success : badf, bytes };
}

function encodeEvent({ userdata, kind, error, bytes }: Subscription): Uint8Array {
  const event = new DataView(new ArrayBuffer(eventSize));
  event.setBigUint64(0, userdata, true);
  event.setUint16(8, error, true);
  event.setUint8(10, kind);
  event.setBigUint64(16, BigInt(bytes), true);
  return new Uint8Array(event.buffer);
}
