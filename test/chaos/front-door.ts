import { setTimeout as pause } from 'node:timers/promises';
import type { PlatformProcess } from '../../src/topology/platform-process.js';

const PROBE_EVERY_MS = 300;
const PROBE_WITHIN_MS = 2_000;

/** What stands before the gateways, as a load balancer does: sends requests to those that say that they are ready. */
export class FrontDoor {
  private readonly closed = new Set<PlatformProcess>();
  private readonly silent = new Set<PlatformProcess>();
  private readonly ending = new AbortController();
  private turn = 0;

  constructor(private readonly gateways: readonly PlatformProcess[]) {
    for (const gateway of gateways) void this.watch(gateway);
  }

  /** Where the next request goes. When no gateway is ready, to one all the same: its client is to hear why. */
  get url(): string {
    const open = this.gateways.filter((each) => !this.closed.has(each));
    const ready = open.filter((each) => !this.silent.has(each));
    const choice = [ready, open, this.gateways].find(({ length }) => length > 0)!;
    return choice[this.turn++ % choice.length]!.url;
  }

  /** Takes a gateway out before it is restarted on purpose. */
  close(gateway: PlatformProcess): void {
    this.closed.add(gateway);
  }

  open(gateway: PlatformProcess): void {
    this.closed.delete(gateway);
    this.silent.delete(gateway);
  }

  /** A connection to it was refused: nothing goes there before it has answered again. */
  wasRefused(url: string): void {
    const gateway = this.gateways.find((each) => each.url === url);
    if (gateway) this.silent.add(gateway);
  }

  stop(): void {
    this.ending.abort();
  }

  private async watch(gateway: PlatformProcess): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      if (await isReady(gateway.url)) this.silent.delete(gateway);
      else this.silent.add(gateway);
      await pause(PROBE_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(PROBE_WITHIN_MS) })).ok;
  } catch {
    return false;
  }
}
