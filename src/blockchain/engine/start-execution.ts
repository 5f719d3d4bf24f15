import { Worker } from 'node:worker_threads';
import { EngineThread } from './engine-thread.js';
import { type ChainExecution, EXECUTION_CALLS, type ExecutionOptions } from './execution.js';
import { openNodeReader } from './node-reader.js';

export interface RunningExecution {
  readonly chain: ChainExecution;
  /** Resolves when the engine has ended; with the reason if it was not stopped. */
  readonly ended: Promise<Error | undefined>;
  stop(): Promise<void>;
}

/**
 * Opens the engine in a separate thread. When run from TypeScript sources, as by vitest, there is no compiled file for
 * a thread to load, so the engine runs in this thread.
 */
export async function startExecution(options: ExecutionOptions): Promise<RunningExecution> {
  return import.meta.url.endsWith('.ts')
    ? startHere(options)
    : startThread(options, new URL('./chain-worker.js', import.meta.url));
}

async function startHere({ source, ...options }: ExecutionOptions): Promise<RunningExecution> {
  // Loaded on demand: the thread that serves requests does not need the EVM otherwise, and would start later.
  const { ChainEngine } = await import('./chain-engine.js');
  const reader = await openNodeReader(source);
  const chain = await ChainEngine.open({ ...options, readNode: reader.read });
  let end!: (reason: undefined) => void;
  const ended = new Promise<undefined>((resolve) => (end = resolve));
  return { chain, ended, stop: () => reader.close().then(() => end(undefined)) };
}

/** @param file the compiled chain-worker. */
export async function startThread(options: ExecutionOptions, file: URL): Promise<RunningExecution> {
  const thread = new EngineThread(new Worker(file, { workerData: options, name: 'chain' }));
  const chain = Object.fromEntries(
    EXECUTION_CALLS.map((call) => [call, (...args: unknown[]) => thread.send(call, args)]),
  );
  return { chain: chain as unknown as ChainExecution, ended: thread.ended, stop: () => thread.stop() };
}
