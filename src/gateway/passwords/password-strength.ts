import { Worker } from 'node:worker_threads';
import { Overloaded, ValidationFailed } from '@aitbc/modulith';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { passwordProblem } from '../contract/index.js';
import type { Question, Verdict } from './guessable-worker.js';
import { wordsOf } from './words-of.js';

const MOST_WAITING = 100;

interface Waiting {
  resolve(guessable: boolean): void;
  reject(error: Error): void;
}

/** Refuses passwords that are easy to guess. They are judged in a thread of their own, which the first one starts. */
@Injectable()
export class PasswordStrength implements OnApplicationShutdown {
  private readonly waiting = new Map<number, Waiting>();
  private thread?: Worker;
  private nextId = 1;

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate();
  }

  /**
   * @param field that the password came in
   * @throws ValidationFailed when it is easy to guess
   */
  async mustBeSound(password: string, email: string, field = 'password'): Promise<void> {
    const problem = passwordProblem(password, email) ?? (await this.problem(password, email));
    if (problem) throw new ValidationFailed([{ field, message: `${field} ${problem}` }]);
  }

  private async problem(password: string, email: string): Promise<string | undefined> {
    const about = ['aitbc', ...wordsOf(email)];
    const isWeak = await this.isGuessable(password.normalize('NFKC'), about);
    return isWeak ? 'is too easy to guess: use several unrelated words' : undefined;
  }

  private async isGuessable(password: string, about: readonly string[]): Promise<boolean> {
    // Run from TypeScript sources, as vitest does, there is no compiled file that a thread could load.
    if (import.meta.url.endsWith('.ts')) return (await import('./guessable.js')).isGuessable(password, about);
    if (this.waiting.size >= MOST_WAITING) throw new Overloaded('gateway');
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
