import type { Redis } from 'ioredis';
import { ensureGroup, GROUP, isGroupMissing, ownEntries, type RawEntry } from './group.js';
import type { StreamsLink } from './link.js';
import type { ServedStream } from './served-stream.js';

/** How long one read blocks; also the maximum delay of a lost wake-up. */
const BLOCK_MS = 1_000;
/** The same while a stream is skipped because it has no room. */
const SHORT_BLOCK_MS = 50;
/** A read still unanswered this long after its timeout is on a dead connection. */
const SILENCE_MS = 3_000;
const PAUSE_MS = 50;
/** An entry holds up to 64 requests, so a read may exceed the room by as much. */
const ITEMS_PER_ENTRY = 64;
const MAX_ENTRIES = 32;

/** Receives entries: taken over from another consumer, or so old (stale) that another may have taken them over. */
type Receive = (stream: ServedStream, entries: readonly RawEntry[], isTakenOver: boolean, isStale: boolean) => void;

/** Reads new entries of all served streams, on a connection of its own, as long as there is room for them. */
export class StreamReader {
  private readonly redis: Redis;
  private clientId?: number;
  private needsGroups = true;
  private isBlocking = false;
  private leftOut: readonly ServedStream[] = [];
  private blockedSince = 0;
  private isStopping = false;
  private loop?: Promise<void>;
  private watchdog?: NodeJS.Timeout;
  private continueLoop?: () => void;

  constructor(
    private readonly link: StreamsLink,
    private readonly streams: ReadonlyMap<string, ServedStream>,
    private readonly receive: Receive,
  ) {
    this.redis = link.connection('modulith-reader');
  }

  /** Resolves when the first read has started, or at once if Redis is unavailable. */
  async start(): Promise<void> {
    this.redis.on('ready', () => {
      this.needsGroups = true;
      this.clientId = undefined;
      this.continueLoop?.();
    });
    this.redis.on('error', () => undefined);
    this.link.onDataLost(() => {
      this.needsGroups = true;
      this.unblock();
    });
    // If Redis is unavailable, the loop waits for it.
    await this.redis.connect().catch(() => undefined);
    if (this.redis.status === 'ready') await this.prepare().catch((error: unknown) => this.complain(error));
    this.loop = this.read();
    this.watchdog = setInterval(() => this.watch(), BLOCK_MS);
  }

  /** Ends the loop; the results of a last read are still received. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.watchdog);
    this.continueLoop?.();
    // Has no effect if the read is just being sent: that one times out, unless Redis hangs.
    this.unblock();
    const giveUp = setTimeout(() => this.redis.disconnect(), BLOCK_MS * 2);
    await this.loop;
    clearTimeout(giveUp);
    this.redis.disconnect();
  }

  /** Called when a stream has room again: a read in progress that skipped it is restarted. */
  hasRoom(stream: ServedStream): void {
    if (this.leftOut.length === 0 || !this.leftOut.includes(stream)) return;
    this.leftOut = [];
    this.continueLoop?.();
    this.unblock();
  }

  private get isOver(): boolean {
    return this.isStopping || this.link.isStopped;
  }

  private async read(): Promise<void> {
    while (!this.isOver) {
      if (this.redis.status !== 'ready') {
        await this.pause(PAUSE_MS);
        continue;
      }
      try {
        if (this.needsGroups) await this.prepare();
        await this.readOnce();
      } catch (error) {
        if (isGroupMissing(error)) {
          this.needsGroups = true;
        } else if (!this.isOver) {
          this.complain(error);
          await this.pause(PAUSE_MS);
        }
      }
    }
  }

  private async readOnce(): Promise<void> {
    const open: ServedStream[] = [];
    const leftOut: ServedStream[] = [];
    for (const stream of this.streams.values()) (stream.room > 0 ? open : leftOut).push(stream);
    this.leftOut = leftOut;
    if (open.length === 0) return this.pause(BLOCK_MS);
    const block = leftOut.length > 0 ? SHORT_BLOCK_MS : BLOCK_MS;
    this.isBlocking = true;
    this.blockedSince = Date.now();
    const asked = performance.now();
    let streams: [string, RawEntry[]][] | null;
    try {
      streams = (await this.redis.xreadgroup(
        ...(['GROUP', GROUP, this.link.options.process.id, 'COUNT', entriesFor(open), 'BLOCK', block] as const),
        ...(['STREAMS', ...open.map((stream) => stream.key), ...open.map(() => '>')] as const),
      )) as [string, RawEntry[]][] | null;
    } finally {
      this.isBlocking = false;
    }
    // Redis may have answered long ago, if this process was suspended meanwhile.
    const waited = Math.max(performance.now() - asked, Date.now() - this.blockedSince);
    const isStale = waited > Math.max(this.link.options.claimMs / 2, BLOCK_MS * 1.5);
    for (const [key, entries] of streams ?? []) {
      this.receive(
        open.find((stream) => stream.key === key)!,
        entries,
        false,
        isStale,
      );
    }
  }

  /** Creates missing groups, then fetches entries that were delivered over a broken connection. */
  private async prepare(): Promise<void> {
    this.needsGroups = false;
    try {
      this.clientId = await this.redis.client('ID');
      for (const stream of this.streams.values()) await ensureGroup(this.redis, stream.key);
      for (const stream of this.streams.values()) {
        const count = entriesFor([stream]);
        const own = await ownEntries(this.redis, stream.key, this.link.options.process.id, stream.held.size + count);
        this.receive(stream, own, true, false);
      }
    } catch (error) {
      this.needsGroups = true;
      throw error;
    }
  }

  private complain(error: unknown): void {
    this.link.complain('read', `Requests cannot be read: ${(error as Error).message}`);
  }

  private unblock(): void {
    if (!this.isBlocking || this.clientId === undefined || !this.link.isConnected) return;
    // If this fails, the read times out a little later.
    this.link.commands.client('UNBLOCK', this.clientId).catch(() => undefined);
  }

  private watch(): void {
    if (this.isBlocking && Date.now() - this.blockedSince > BLOCK_MS + SILENCE_MS) this.redis.disconnect(true);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.continueLoop?.(), ms);
      this.continueLoop = () => {
        clearTimeout(timer);
        this.continueLoop = undefined;
        resolve();
      };
    });
  }
}

/** How many entries a read may return so that no stream exceeds its room by more than one entry. */
export function entriesFor(open: readonly ServedStream[]): number {
  const room = Math.min(...open.map((stream) => stream.room));
  return Math.min(MAX_ENTRIES, Math.max(1, Math.trunc(room / ITEMS_PER_ENTRY)));
}
