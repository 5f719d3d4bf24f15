import { isGroupMissing, ownEntries, removeIdleConsumers, renew, takeOver, type RawEntry } from './group.js';
import { isProcess } from './keys.js';
import type { StreamsLink } from './link.js';
import type { ServedStream } from './served-stream.js';
import { entriesFor } from './stream-reader.js';

const FROM_START = '0-0';
const OWN_AT_ONCE = 100;
/** A consumer without entries that was silent for this many claim times belongs to a dead process. */
const DEAD_AFTER_CLAIMS = 5;
const STREAM_LIFE_MS = 24 * 3_600_000;

/** Renews this process's claims, and takes over entries whose claims have expired. */
export class Claims {
  private renewal?: NodeJS.Timeout;
  private sweeps?: NodeJS.Timeout;
  private takesOver = true;
  private renewing?: Promise<void>;
  private sweeping?: Promise<void>;

  constructor(
    private readonly link: StreamsLink,
    private readonly streams: ReadonlyMap<string, ServedStream>,
    private readonly receive: (stream: ServedStream, entries: readonly RawEntry[]) => void,
  ) {}

  start(): void {
    const { claimMs } = this.link.options;
    this.renewal = setInterval(() => {
      this.renewing ??= this.renew().finally(() => (this.renewing = undefined));
    }, claimMs / 3);
    const sweep = () => (this.sweeping ??= this.sweep().finally(() => (this.sweeping = undefined)));
    this.sweeps = setInterval(sweep, claimMs / 2);
    void sweep();
    this.link.onDisconnected(() => {
      if (this.link.isStopped) void this.stop();
    });
  }

  /** Keeps renewing, but takes over no more entries. */
  async stopTakingOver(): Promise<void> {
    this.takesOver = false;
    clearInterval(this.sweeps);
    await this.sweeping;
  }

  async stop(): Promise<void> {
    clearInterval(this.renewal);
    await Promise.all([this.stopTakingOver(), this.renewing]);
  }

  private async renew(): Promise<void> {
    await this.forEach((stream) => renew(this.link.commands, stream, this.link.options.process.id));
  }

  private async sweep(): Promise<void> {
    const { commands, options } = this.link;
    await this.forEach(async (stream) => {
      await this.takeOver(stream);
      await removeIdleConsumers(commands, stream.key, options.process.id, options.claimMs * DEAD_AFTER_CLAIMS);
      // A process's own stream expires soon after the process.
      await commands.pexpire(stream.key, isProcess(stream.service) ? options.claimMs * 2 : STREAM_LIFE_MS);
    });
  }

  private async takeOver(stream: ServedStream): Promise<void> {
    const { commands, options } = this.link;
    let from = FROM_START;
    do {
      if (stream.room <= 0 || !this.takesOver) return;
      const claimed = await takeOver(commands, stream, options.process.id, options.claimMs, entriesFor([stream]), from);
      this.receive(stream, claimed.entries);
      if (claimed.hasDeleted) await this.dropDeleted(stream);
      from = claimed.next;
    } while (from !== FROM_START);
  }

  /**
   * The claim assigns deleted entries to this consumer too, and Redis reports them only when asked for all of the
   * consumer's entries.
   */
  private async dropDeleted(stream: ServedStream): Promise<void> {
    const { commands, options } = this.link;
    const own = await ownEntries(commands, stream.key, options.process.id, stream.held.size + OWN_AT_ONCE);
    this.receive(
      stream,
      own.filter(([, fields]) => fields === null),
    );
  }

  private async forEach(work: (stream: ServedStream) => Promise<void>): Promise<void> {
    for (const stream of this.streams.values()) {
      if (!this.link.isConnected) return;
      // The reader recreates a missing group; Redis outages are temporary.
      await work(stream).catch((error: Error) => this.failed(stream, error));
    }
  }

  /** Any other failure must be reported: the entries of dead processes are recovered only here. */
  private failed(stream: ServedStream, error: Error): void {
    if (isGroupMissing(error) || !this.link.isConnected) return;
    this.link.complain(`claims ${error.name}`, `Claims of "${stream.service}" failed: ${error.stack}`);
  }
}
