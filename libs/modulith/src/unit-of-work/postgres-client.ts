import type { Socket } from 'node:net';
import pg from 'pg';

/** The timeout for connecting and authenticating. */
const CONNECT_MS = 5_000;
/** How long a closing connection waits for the server to close its side. */
const GOODBYE_MS = 2_000;
/** The first TCP keepalive probe on an idle connection: early enough for firewalls that drop idle flows. */
const KEEPALIVE_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
/** Checks beyond the server's own timeout: if it can, the server reports the timeout first. */
const GRACE_LOOKS = 2;

/**
 * Detects connections on which an answer is due and no bytes arrive: a crashed host or a network that drops packets
 * closes nothing, so a statement would wait for ever.
 */
class Watch {
  private readonly clients = new Set<WatchedClient>();
  private timer?: NodeJS.Timeout;

  add(client: WatchedClient): void {
    this.clients.add(client);
    this.timer ??= setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  remove(client: WatchedClient): void {
    this.clients.delete(client);
    if (this.clients.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    let longest = 0;
    for (const client of this.clients) {
      client.look();
      if (client.isSilent) longest = Math.max(longest, client.quietLooks);
    }
    if (longest === 0) return;
    // The others lead to the same server: each would cost its next user the same wait.
    for (const client of this.clients) if (client.isSilent || client.isIdleSince(longest)) client.cut();
  }
}

/**
 * A connection with timeouts: for connecting, for silence while an answer is due, and for closing.
 *
 * It handles its own loss even while no caller holds it: between the pool, which stops listening when it hands a client
 * out, and TypeORM, which starts a moment later, a lost connection would otherwise crash the process.
 */
export class WatchedClient extends pg.Client {
  /** Whether its holder accepts any wait, as migrations do when they build an index or wait for a lock. */
  isPatient = false;
  /**
   * Consecutive checks that found no new bytes. Counted, not timed: after a pause of this process, bytes may be unread.
   */
  quietLooks = 0;
  /** The number of quiet checks after which the server counts as gone; none if the server has no statement timeout. */
  private looksAllowed = Infinity;
  private isAwaiting = false;
  private bytesRead = 0;
  /** The name given by the pool, whatever the URL says. */
  readonly poolName?: string;

  constructor(
    config: pg.ClientConfig,
    private readonly watch: Watch,
  ) {
    // Not an option of the pool: there it would also limit the wait for a free connection.
    super({
      ...config,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE_MS,
    });
    this.poolName = config.application_name;
    this.on('error', () => undefined);
    this.on('drain', () => (this.isAwaiting = false));
    this.on('end', () => watch.remove(this));
  }

  /** @param statementMs the server's statement timeout; 0: none */
  watchFor(statementMs: number): void {
    this.looksAllowed = statementMs > 0 ? Math.ceil(statementMs / LOOK_EVERY_MS) + GRACE_LOOKS : Infinity;
    this.watch.add(this);
  }

  get isSilent(): boolean {
    return this.isAwaiting && !this.isPatient && this.quietLooks > this.looksAllowed;
  }

  isIdleSince(looks: number): boolean {
    return !this.isAwaiting && this.quietLooks >= looks;
  }

  look(): void {
    const { bytesRead } = this.socket;
    this.quietLooks = bytesRead === this.bytesRead ? this.quietLooks + 1 : 0;
    this.bytesRead = bytesRead;
  }

  /** Drops the connection without a goodbye; a caller waiting for an answer gets an error. */
  cut(): void {
    this.socket.destroy();
  }

  override query(...parameters: unknown[]): never {
    if (!this.isAwaiting) this.quietLooks = 0;
    this.isAwaiting = true;
    return (super.query as (...all: unknown[]) => never).apply(this, parameters);
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | void {
    const giveUp = setTimeout(() => this.cut(), GOODBYE_MS).unref();
    this.once('end', () => clearTimeout(giveUp));
    return callback ? super.end(callback) : super.end();
  }

  private get socket(): Socket {
    return (this as unknown as { connection: { stream: Socket } }).connection.stream;
  }
}

/** A client class for the connections of one pool, or of several pools to one server. */
export function watchedClients(): new (config: pg.ClientConfig) => WatchedClient {
  const watch = new Watch();
  return class extends WatchedClient {
    constructor(config: pg.ClientConfig) {
      super(config, watch);
    }
  };
}
