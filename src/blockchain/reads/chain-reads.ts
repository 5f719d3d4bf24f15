import { DeadlineExceeded } from '@aitbc/modulith';
import { currentAsker, FairQueue, requestName, Turned } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ChainSettings } from '../chain/chain-settings.js';
import { ChainBusy } from '../contract/errors.js';
import type { ChainReader } from '../engine/chain-reader.js';
import type { ReadCall } from '../engine/execution.js';
import { type RunningReader, startReader } from '../engine/start-reader.js';

/** Reads run in separate threads, so that neither blocks nor receipts wait for them. */
type Lane = 'state' | 'calls';

const LANE_OF: Record<ReadCall, Lane> = {
  account: 'state',
  code: 'state',
  storage: 'state',
  proof: 'state',
  call: 'calls',
  estimateGas: 'calls',
};

/** Execution time limits in milliseconds. The engine caps the gas. */
const LIMIT_MS: Partial<Record<ReadCall, number>> = { call: 2_000, estimateGas: 3_000 };

type Arguments<K extends ReadCall> = Parameters<ChainReader[K]>;
type Answer<K extends ReadCall> = ReturnType<ChainReader[K]>;

/**
 * State reads and calls, each within its limits, queued fairly and bounded per caller. An abandoned read is not
 * computed.
 */
@Injectable()
export class ChainReads implements OnApplicationShutdown {
  private readonly logger = new Logger('ChainReads');
  private readonly threads = new Map<Lane, Promise<RunningReader>>();
  private readonly queues: Record<Lane | 'records', FairQueue> = {
    state: new FairQueue({ atOnce: 16, waiting: 256, perCaller: 128 }),
    calls: new FairQueue({ atOnce: 1, waiting: 128, perCaller: 100 }),
    records: new FairQueue({ atOnce: 2, waiting: 128, perCaller: 100 }),
  };

  constructor(private readonly settings: ChainSettings) {}

  async onApplicationShutdown(): Promise<void> {
    // A thread that failed to open has already reported the error to its callers.
    await Promise.all([...this.threads.values()].map(async (thread) => (await thread.catch(() => undefined))?.stop()));
  }

  /** @throws ChainBusy, DeadlineExceeded, EngineError */
  read<K extends ReadCall>(call: K, ...args: Arguments<K>): Answer<K> {
    const lane = LANE_OF[call];
    const limitMs = LIMIT_MS[call];
    return this.queued(lane, call, async (signal) => {
      const thread = await this.thread(lane);
      return thread.read(call, args, limitMs === undefined ? undefined : { limitMs, signal });
    }) as Answer<K>;
  }

  /** A potentially large read of stored blocks: few run concurrently, so that small ones find the database free. */
  records<T>(what: string, work: () => Promise<T>): Promise<T> {
    return this.queued('records', what, work);
  }

  /** Abandons the reads caused by a request from this address. */
  abandon(request: string, origin: string): void {
    for (const queue of Object.values(this.queues)) queue.abandon(requestName(request, origin));
  }

  /** The numbers of waiting and running reads, by lane. */
  load(): { lane: string; waiting: number; running: number }[] {
    return Object.entries(this.queues).map(([lane, { waiting, running }]) => ({ lane, waiting, running }));
  }

  private async queued<T>(lane: Lane | 'records', what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await this.queues[lane].run(currentAsker(), work);
    } catch (error) {
      if (!(error instanceof Turned)) throw error;
      throw error.reason === 'full' ? new ChainBusy() : new DeadlineExceeded(what);
    }
  }

  /** Started on first use, and again after it has ended. */
  private thread(lane: Lane): Promise<RunningReader> {
    const known = this.threads.get(lane);
    const again = (): Promise<RunningReader> =>
      this.threads.get(lane) === known ? this.start(lane) : this.thread(lane);
    return known ? known.then((reader) => (reader.isGone ? again() : reader), again) : this.start(lane);
  }

  private start(lane: Lane): Promise<RunningReader> {
    if (this.threads.has(lane)) this.logger.warn(`The thread for ${lane} is started again`);
    const { genesis, source } = this.settings;
    const started = startReader({ genesis, source, inBackground: lane === 'calls' });
    this.threads.set(lane, started);
    return started;
  }
}
