import type { Socket } from 'node:net';
import pg from 'pg';

/** How long a server may take to accept a connection and to authenticate it. */
const CONNECT_MS = 5_000;
/** How long a closing connection waits for the server to close its end. */
const GOODBYE_MS = 2_000;
/** First TCP keepalive probe on an idle connection: early enough for firewalls that forget idle flows. */
const KEEPALIVE_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
/** So many looks longer than the server's own time limit: the server speaks first while it can. */
const GRACE_LOOKS = 2;

/**
 * Finds connections on which an answer is due and no byte arrives: a host that died or a network that drops packets
 * closes nothing, so without this a statement waits for ever.
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
 * A connection with limits: on connecting, on silence while an answer is due, and on closing.
 *
 * It hears of its own loss even while no caller holds it: between the pool, which stops listening when it hands a client
 * out, and TypeORM, which begins a moment later, a lost connection would end the process.
 */
export class WatchedClient extends pg.Client {
  /** Whether its holder accepts any wait, as migrations do that build an index or wait for another's turn. */
  isPatient = false;
  /** Looks in a row that found no new byte. Counted, not timed: after a pause of this process, bytes may wait unread. */
  quietLooks = 0;
  /** How many quiet looks mean that the server is gone; none where the server sets statements no limit. */
  private looksAllowed = Infinity;
  private isAwaiting = false;
  private bytesRead = 0;
  /** The name that the pool gave it, whatever its URL calls it. */
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

  /** @param statementMs the server's limit for a statement; 0: there is none */
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

  /** Ends the connection without a word; a caller that waits for an answer gets an error. */
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

/** The class of the connections of one pool, or of several pools to one server. */
export function watchedClients(): new (config: pg.ClientConfig) => WatchedClient {
  const watch = new Watch();
  return class extends WatchedClient {
    constructor(config: pg.ClientConfig) {
      super(config, watch);
    }
  };
}
