import { parentPort } from 'node:worker_threads';
import { isGuessable } from './guessable.js';

/** A question to the thread that judges passwords, and its answer. */
export interface Question {
  readonly id: number;
  readonly password: string;
  readonly about: readonly string[];
}

export interface Verdict {
  readonly id: number;
  readonly guessable: boolean;
}

parentPort?.on('message', ({ id, password, about }: Question) => {
  parentPort!.postMessage({ id, guessable: isGuessable(password, about) } satisfies Verdict);
});
