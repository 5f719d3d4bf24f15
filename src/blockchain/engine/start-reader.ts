import { Worker } from 'node:worker_threads';
import type { ChainReader } from './chain-reader.js';
import { EngineError } from './engine-error.js';
import { EngineThread } from './engine-thread.js';
import { type ReadCall, type ReadOptions, readRefusal } from './execution.js';
import { openNodeReader } from './node-reader.js';

/** A call's time limit in milliseconds, and the signal that its result is no longer needed. */
export interface ReadLimit {
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

export interface RunningReader {
  /** @param limit for calls, which run one at a time. */
  read(call: ReadCall, args: readonly unknown[], limit?: ReadLimit): Promise<unknown>;
  readonly isGone: boolean;
  stop(): Promise<void>;
}

/** A call past its limit that has not checked the clock for this long cannot end itself: its thread is terminated. */
const GRACE_MS = 3_000;
/** Indexes into the shared memory: whether a call is abandoned, and how often it has checked. */
export const ABANDONED = 0;
export const LOOKS = 1;
/** A call that exhausts memory ends its thread, not the process. */
const MEMORY_MIB = 512;

/** Opens a reader in a separate thread; when run from TypeScript sources, as by vitest, in this thread. */
export async function startReader(options: Omit<ReadOptions, 'flags'>): Promise<RunningReader> {
  return import.meta.url.endsWith('.ts')
    ? startHere(options)
    : startThread(options, new URL('./read-worker.js', import.meta.url));
}

async function startHere({ genesis, source }: Omit<ReadOptions, 'flags'>): Promise<RunningReader> {
  const [{ ChainReader: Reader }, { TimeLimit }] = await Promise.all([
    import('./chain-reader.js'),
    import('./time-limit.js'),
  ]);
  const nodes = await openNodeReader(source);
  const time = new TimeLimit();
  const reader = await Reader.open(genesis, nodes.read, time);
  const read: RunningReader['read'] = async (call, args, limit) => {
    if (limit) time.begin(limit.limitMs, () => limit.signal.aborted);
    try {
      return await answer(reader, call, args);
    } catch (error) {
      throw readRefusal(error);
    }
  };
  return { read, isGone: false, stop: () => nodes.close() };
}

/** @param file the compiled read-worker. @returns once it is open: loading does not count towards a call's time. */
export async function startThread(options: Omit<ReadOptions, 'flags'>, file: URL): Promise<RunningReader> {
  const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const flags = new Int32Array(shared);
  const thread = new EngineThread(
    new Worker(file, {
      workerData: { ...options, flags: shared } satisfies ReadOptions,
      name: 'chain reads',
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
    }),
  );
  const state = { isGone: false };
  void thread.ended.then(() => (state.isGone = true));
  try {
    await thread.send('open', []);
  } catch (error) {
    await thread.stop();
    throw error;
  }
  const limited = async (call: ReadCall, args: readonly unknown[], { limitMs, signal }: ReadLimit) => {
    Atomics.store(flags, ABANDONED, signal.aborted ? 1 : 0);
    const abandon = () => Atomics.store(flags, ABANDONED, 1);
    signal.addEventListener('abort', abandon);
    let isLate = false;
    // The thread measures its own time, so that load on the machine does not end a call that makes progress.
    const endIfStuck = (lastLook: number): void => {
      const look = Atomics.load(flags, LOOKS);
      isLate = look === lastLook;
      if (isLate) void thread.stop();
      else timer = setTimeout(endIfStuck, GRACE_MS, look);
    };
    let timer = setTimeout(() => {
      timer = setTimeout(endIfStuck, GRACE_MS, Atomics.load(flags, LOOKS));
    }, limitMs);
    try {
      return await thread.send(call, args, limitMs);
    } catch (error) {
      throw isLate ? new EngineError('out_of_time', 'execution aborted: it takes too long') : error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abandon);
    }
  };
  return {
    read: (call, args, limit) => (limit ? limited(call, args, limit) : thread.send(call, args)),
    get isGone() {
      return state.isGone;
    },
    stop: () => thread.stop(),
  };
}

/** Dispatches a read by name. */
export function answer(reader: ChainReader, call: ReadCall, args: readonly unknown[]): Promise<unknown> {
  return (reader[call] as (...given: readonly unknown[]) => Promise<unknown>).apply(reader, [...args]);
}
