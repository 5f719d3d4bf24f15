import { Logger } from '@nestjs/common';
import { sign } from './frame.js';
import type { StreamsLink } from './link.js';
import { isProcess } from './keys.js';
import type { ProcessInfo } from './options.js';

const REFRESH_MS = 2_000;
const LIFE_MS = 6_000;
/** How long a record's signature is valid; the key's TTL tells whether the process is alive. */
const RECORD_LIFE_MS = 60_000;
const CHANNEL = 'presence';

/** How a process ended. */
export type Departure = 'left' | 'died';

type Announcement = { readonly here: ProcessInfo } | { readonly left: string };

interface Known {
  readonly info: ProcessInfo;
  readonly text: string;
  seen: number;
}

/**
 * Tracks the live processes and their services. Each keeps a signed record that expires six seconds after its last
 * heartbeat, and announces when it joins, changes or leaves. While Redis is unavailable the last view is kept.
 */
export class Presence {
  private readonly logger = new Logger('Presence');
  private readonly known = new Map<string, Known>();
  private readonly changeListeners: Array<() => void> = [];
  private readonly goneListeners: Array<(process: ProcessInfo, how: Departure) => void> = [];
  private self: ProcessInfo;
  private view: readonly ProcessInfo[] = [];
  private hosts = new Map<string, readonly ProcessInfo[]>();
  private connectedSince = 0;
  private refreshing?: Promise<void>;
  private timer?: NodeJS.Timeout;
  private hasLeft = false;

  constructor(private readonly link: StreamsLink) {
    this.self = link.options.process;
    this.changed();
  }

  /** Announces this process and discovers the others. */
  async start(): Promise<void> {
    this.link.onConnected(() => this.reappear());
    this.link.onDataLost(() => this.reappear());
    this.link.onDisconnected(() => {
      if (this.link.isStopped) clearInterval(this.timer);
    });
    await this.link.subscribe(CHANNEL, (body) => this.hear(JSON.parse(body) as Announcement));
    this.timer = setInterval(() => void this.refresh(), REFRESH_MS);
    if (this.link.isConnected) await this.appear();
  }

  /** Announces at once that this process accepts no more requests. */
  async leave(): Promise<void> {
    this.hasLeft = true;
    clearInterval(this.timer);
    await this.refreshing;
    if (!this.link.isConnected) return;
    const { commands, keys } = this.link;
    this.say({ left: this.self.id });
    // If this fails, the entry expires.
    await Promise.all([commands.unlink(keys.process(this.self.id)), commands.srem(keys.processes, this.self.id)]).catch(
      () => undefined,
    );
  }

  /** Changes this process's record, and announces the change. */
  async update(change: Partial<Pick<ProcessInfo, 'services' | 'labels'>>): Promise<void> {
    this.self = { ...this.self, ...change };
    this.changed();
    if (this.link.isConnected && !this.hasLeft) await this.appear();
  }

  /** The live processes, including this one, in order of their start. */
  processes(): readonly ProcessInfo[] {
    return this.view;
  }

  /** The live processes that serve a service; `@<id>` is a single process. */
  hosting(service: string): readonly ProcessInfo[] {
    if (isProcess(service)) return this.view.filter((process) => `@${process.id}` === service);
    return this.hosts.get(service) ?? [];
  }

  onChange(listener: () => void): void {
    this.changeListeners.push(listener);
  }

  /** Calls back for each process that left after answering its requests, or died with them. */
  onGone(listener: (process: ProcessInfo, how: Departure) => void): void {
    this.goneListeners.push(listener);
  }

  private reappear(): void {
    this.connectedSince = Date.now();
    if (this.timer && !this.hasLeft) void this.appear();
  }

  private async appear(): Promise<void> {
    // A refresh in progress may have started before the change.
    await this.refreshing;
    await this.refresh();
    if (!this.hasLeft) this.say({ here: this.self });
  }

  private say(announcement: Announcement): void {
    this.link.publish(CHANNEL, JSON.stringify(announcement));
  }

  private hear(announcement: Announcement): void {
    if ('left' in announcement) {
      if (announcement.left !== this.self.id && this.forget(announcement.left, 'left')) this.changed();
    } else if (announcement.here.id !== this.self.id && this.learn(announcement.here)) {
      this.changed();
    }
  }

  private refresh(): Promise<void> {
    return (this.refreshing ??= this.exchange()
      .catch((error: unknown) => this.link.complain('presence', `Presence is not up to date: ${String(error)}`))
      .finally(() => (this.refreshing = undefined)));
  }

  private async exchange(): Promise<void> {
    if (!this.link.isConnected || this.hasLeft) return;
    const { commands, keys } = this.link;
    const [[, previous], , [, ids]] = (await commands
      .pipeline()
      .set(keys.process(this.self.id), this.record(), 'PX', LIFE_MS, 'GET')
      .sadd(keys.processes, this.self.id)
      .smembers(keys.processes)
      .exec()) as [[Error | null, string | null], unknown, [Error | null, string[]]];
    // If this process was suspended for too long, the others have forgotten it.
    if (!previous) {
      // The others may have lost their records too, all at once: give them time to write them again.
      this.connectedSince = Date.now();
      this.say({ here: this.self });
    }
    const others = ids.filter((id) => id !== this.self.id);
    const records = others.length > 0 ? await commands.mget(others.map((id) => keys.process(id))) : [];
    let hasChanged = false;
    const alive = new Set<string>();
    others.forEach((id, index) => {
      const record = records[index];
      if (!record) return;
      alive.add(id);
      if (this.readRecord(id, record)) hasChanged = true;
    });
    if (this.forgetDead(alive)) hasChanged = true;
    if (hasChanged) this.changed();
    const dead = others.filter((id) => !alive.has(id));
    if (dead.length > 0) await commands.srem(keys.processes, ...dead);
  }

  private record(): string {
    const key = this.link.keys.process(this.self.id);
    const items = [{ head: 0, body: JSON.stringify(this.self) }];
    return sign(this.link.signingKey, key, {
      from: this.self.id,
      replyTo: '',
      expires: Date.now() + RECORD_LIFE_MS,
      items,
    });
  }

  private readRecord(id: string, record: string): boolean {
    const frame = this.link.open(this.link.keys.process(id), record);
    return typeof frame !== 'string' && this.learn(JSON.parse(frame.items[0]!.body) as ProcessInfo);
  }

  private learn(info: ProcessInfo): boolean {
    const text = JSON.stringify(info);
    const known = this.known.get(info.id);
    if (known?.text === text) {
      known.seen = Date.now();
      return false;
    }
    this.known.set(info.id, { info, text, seen: Date.now() });
    return true;
  }

  /**
   * Drops processes without a record, unless Redis has just come back: all processes first get time to write theirs.
   */
  private forgetDead(alive: ReadonlySet<string>): boolean {
    const now = Date.now();
    if (now - this.connectedSince < LIFE_MS) return false;
    let hasChanged = false;
    for (const [id, { seen }] of this.known) {
      // A process that announced itself during the read is missing from its result.
      if (!alive.has(id) && now - seen > REFRESH_MS / 2 && this.forget(id, 'died')) hasChanged = true;
    }
    return hasChanged;
  }

  private forget(id: string, how: Departure): boolean {
    const known = this.known.get(id);
    if (!known) return false;
    this.known.delete(id);
    queueMicrotask(() => this.goneListeners.forEach((listener) => this.call(() => listener(known.info, how))));
    return true;
  }

  private changed(): void {
    const all = [this.self, ...[...this.known.values()].map(({ info }) => info)];
    this.view = all.sort((one, other) => one.since - other.since || (one.id < other.id ? -1 : 1));
    const hosts = new Map<string, ProcessInfo[]>();
    for (const process of this.view) {
      for (const service of process.services) {
        const replicas = hosts.get(service);
        if (replicas) replicas.push(process);
        else hosts.set(service, [process]);
      }
    }
    this.hosts = hosts;
    this.changeListeners.forEach((listener) => this.call(listener));
  }

  private call(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.logger.error('A listener failed', (error as Error).stack);
    }
  }
}
