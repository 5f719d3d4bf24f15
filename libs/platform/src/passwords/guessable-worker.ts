import { parentPort } from 'node:worker_threads';
import { isGuessable } from './guessable.js';

/** A request to the password strength thread, and its response. */
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
