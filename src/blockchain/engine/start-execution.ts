import { Worker } from 'node:worker_threads';
import { EngineError } from './engine-error.js';
import {
  type AnswerMessage,
  type ChainExecution,
  EXECUTION_CALLS,
  type ExecutionCall,
  type ExecutionOptions,
  fromFailure,
} from './execution.js';
import { openNodeReader } from './node-reader.js';

export interface RunningExecution {
  readonly chain: ChainExecution;
  /** Resolves when the engine is gone; with the reason when nobody stopped it. */
  readonly ended: Promise<Error | undefined>;
  stop(): Promise<void>;
}

/**
 * Opens the engine in a thread of its own. Run from TypeScript sources, as vitest does, there is no compiled file
 * that a thread could load: then the same engine runs in this thread.
 */
export async function startExecution(options: ExecutionOptions): Promise<RunningExecution> {
  return import.meta.url.endsWith('.ts')
    ? startHere(options)
    : startThread(options, new URL('./chain-worker.js', import.meta.url));
}

async function startHere({ source, ...options }: ExecutionOptions): Promise<RunningExecution> {
  // Loaded only here: the thread that answers requests has no use for the EVM otherwise, and would start later.
  const { ChainEngine } = await import('./chain-engine.js');
  const reader = await openNodeReader(source);
  const chain = await ChainEngine.open({ ...options, readNode: reader.read });
  let end!: (reason: undefined) => void;
  const ended = new Promise<undefined>((resolve) => (end = resolve));
  return { chain, ended, stop: () => reader.close().then(() => end(undefined)) };
}

/** @param file the compiled chain-worker. */
export async function startThread(options: ExecutionOptions, file: URL): Promise<RunningExecution> {
  const thread = new ChainThread(new Worker(file, { workerData: options, name: 'chain' }));
  const chain = Object.fromEntries(
    EXECUTION_CALLS.map((call) => [call, (...args: unknown[]) => thread.send(call, args)]),
  );
  return { chain: chain as unknown as ChainExecution, ended: thread.ended, stop: () => thread.stop() };
}

const LOST = 'The thread that executes the chain has ended.';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

class ChainThread {
  readonly ended: Promise<Error | undefined>;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private stopping = false;
  private gone = false;
  private failure: Error | undefined;

  constructor(private readonly worker: Worker) {
    worker.on('message', (message: AnswerMessage) => this.settle(message));
    worker.on('error', (error) => (this.failure = error));
    this.ended = new Promise((resolve) => worker.on('exit', (code) => resolve(this.onExit(code))));
  }

  send(call: ExecutionCall, args: readonly unknown[]): Promise<unknown> {
    if (this.gone) return Promise.reject(new EngineError('not_ready', LOST));
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, call, args });
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.worker.terminate();
  }

  private settle(message: AnswerMessage): void {
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if ('failure' in message) waiting?.reject(fromFailure(message.failure));
    else waiting?.resolve(message.value);
  }

  private onExit(code: number): Error | undefined {
    this.gone = true;
    const lost = new EngineError('not_ready', LOST);
    for (const { reject } of this.waiting.values()) reject(lost);
    this.waiting.clear();
    return this.stopping ? undefined : (this.failure ?? new Error(`The chain's thread ended with code ${code}.`));
  }
}
