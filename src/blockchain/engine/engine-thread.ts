import { Worker } from 'node:worker_threads';
import { EngineError } from './engine-error.js';
import { type AnswerMessage, fromFailure } from './execution.js';

const LOST = 'The thread that executes the chain has ended.';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The caller's side of a worker thread. */
export class EngineThread {
  /** Resolves when the thread has ended; with the reason if it was not stopped. */
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

  send(call: string, args: readonly unknown[], limitMs?: number): Promise<unknown> {
    if (this.gone) return Promise.reject(new EngineError('not_ready', LOST));
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, call, args, limitMs });
    });
  }

  /** Terminates the thread; pending callers get an error. */
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
