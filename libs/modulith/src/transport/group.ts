import type { Redis } from 'ioredis';
import type { ServedStream } from './served-stream.js';

/** The consumer group of every stream; its consumers are the processes that serve the stream. */
export const GROUP = 'modulith';

/** An entry as returned by Redis; without fields if it was deleted meanwhile. */
export type RawEntry = [id: string, fields: string[] | null];

/**
 * Atomic: between check and deletion the consumer could otherwise receive an entry, which would be lost with it. KEYS:
 * stream. ARGV: group, milliseconds, a single consumer or '' for all but ARGV[4].
 */
const REMOVE_CONSUMERS = `
local ok, consumers = pcall(redis.call, 'XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
if not ok or consumers.err then return 0 end
local removed = 0
for _, fields in ipairs(consumers) do
  local consumer = {}
  for i = 1, #fields, 2 do consumer[fields[i]] = fields[i + 1] end
  local meant = consumer.name == ARGV[3] or (ARGV[3] == '' and consumer.name ~= ARGV[4])
  if meant and consumer.pending == 0 and consumer.idle >= tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer.name)
    removed = removed + 1
  end
end
return removed`;

/** Creates a missing group at the stream's start: entries already in the stream have not been handled. */
export async function ensureGroup(redis: Redis, key: string): Promise<void> {
  try {
    await redis.xgroup('CREATE', key, GROUP, '0', 'MKSTREAM');
  } catch (error) {
    if (!(error as Error).message.startsWith('BUSYGROUP')) throw error;
  }
}

export function isGroupMissing(error: unknown): boolean {
  return error instanceof Error && /NOGROUP|no longer exists/.test(error.message);
}

/** This consumer's delivered but unacknowledged entries, from the beginning. */
export async function ownEntries(redis: Redis, key: string, consumer: string, count: number): Promise<RawEntry[]> {
  const streams = (await redis.xreadgroup('GROUP', GROUP, consumer, 'COUNT', count, 'STREAMS', key, '0')) as
    [string, RawEntry[]][] | null;
  return streams?.[0]?.[1] ?? [];
}

/** Renews the claims on the held entries. */
export async function renew(redis: Redis, stream: ServedStream, consumer: string): Promise<void> {
  if (stream.held.size === 0) return;
  await redis.xclaim(stream.key, GROUP, consumer, 0, ...stream.held.keys(), 'JUSTID');
}

/** Returns an entry: any other consumer may take it over at once. */
export async function giveBack(
  redis: Redis,
  stream: ServedStream,
  consumer: string,
  id: string,
  claimMs: number,
): Promise<void> {
  await redis.xclaim(stream.key, GROUP, consumer, 0, id, 'IDLE', claimMs, 'JUSTID');
}

/** Takes over entries that were not renewed for `claimMs`. */
export async function takeOver(
  redis: Redis,
  stream: ServedStream,
  consumer: string,
  claimMs: number,
  count: number,
  from: string,
): Promise<{ next: string; entries: RawEntry[]; hasDeleted: boolean }> {
  const [next, claimed] = (await redis.xautoclaim(stream.key, GROUP, consumer, claimMs, from, 'COUNT', count)) as [
    string,
    (RawEntry | null)[],
  ];
  // Redis 6.2 returns null for an entry that was deleted while a consumer held it; later releases omit it.
  const entries = claimed.filter((entry) => entry !== null);
  return { next, entries, hasDeleted: entries.length < claimed.length };
}

/** Removes consumers of dead processes that hold no entries. */
export async function removeIdleConsumers(redis: Redis, key: string, self: string, idleMs: number): Promise<void> {
  await redis.eval(REMOVE_CONSUMERS, 1, key, GROUP, idleMs, '', self);
}

/** Leaves the group. Entries still pending under this name stay, for others to take over. */
export async function leaveGroup(redis: Redis, key: string, consumer: string): Promise<void> {
  await redis.eval(REMOVE_CONSUMERS, 1, key, GROUP, 0, consumer, consumer);
}
