import { Worker } from 'node:worker_threads';
import { Overloaded, ValidationFailed } from '@aitbc/modulith';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Question, Verdict } from './guessable-worker.js';
import { passwordProblem } from './sound-password.js';
import { wordsOf } from './words-of.js';

const MOST_WAITING = 100;

interface Waiting {
  resolve(guessable: boolean): void;
  reject(error: Error): void;
}

export interface PasswordOf {
  /** The field that held the password; `password` by default. */
  readonly field?: string;
  /** The email of the protected account, if known. */
  readonly email?: string;
}

/**
 * The strength rule for all passwords chosen by people: of accounts, wallets and the first administrator. Rejects
 * guessable passwords. Runs in a separate thread, started on first use.
 */
@Injectable()
export class PasswordStrength implements OnApplicationShutdown {
  private readonly waiting = new Map<number, Waiting>();
  private thread?: Worker;
  private nextId = 1;

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate();
  }

  /** @throws ValidationFailed if it is guessable */
  async mustBeSound(password: string, { field = 'password', email }: PasswordOf = {}): Promise<void> {
    const problem = await this.problemOf(password, email);
    if (problem) throw new ValidationFailed([{ field, message: `${field} ${problem}` }]);
  }

  /** The problem, as the end of a sentence that begins with the field name. */
  async problemOf(password: string, email = ''): Promise<string | undefined> {
    const problem = passwordProblem(password, email);
    if (problem) return problem;
    const about = ['aitbc', ...wordsOf(email)];
    const isWeak = await this.isGuessable(password.normalize('NFKC'), about);
    return isWeak ? 'is too easy to guess: use several unrelated words' : undefined;
  }

  private async isGuessable(password: string, about: readonly string[]): Promise<boolean> {
    // When run from TypeScript sources, as by vitest, there is no compiled file for a thread to load.
    if (import.meta.url.endsWith('.ts')) return (await import('./guessable.js')).isGuessable(password, about);
    if (this.waiting.size >= MOST_WAITING) throw new Overloaded('platform');
    const thread = (this.thread ??= this.start());
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      this.waiting.set(id, { resolve, reject });
      thread.postMessage({ id, password, about } satisfies Question);
    });
  }

  private start(): Worker {
    const thread = new Worker(new URL('./guessable-worker.js', import.meta.url), { name: 'passwords' });
    thread.unref();
    thread.on('message', ({ id, guessable }: Verdict) => {
      this.waiting.get(id)?.resolve(guessable);
      this.waiting.delete(id);
    });
    thread.on('error', (error) => this.lose(error));
    thread.on('exit', () => this.lose(new Error('The thread that judges passwords has ended.')));
    return thread;
  }

  /** The next password starts another thread. */
  private lose(error: Error): void {
    this.thread = undefined;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
