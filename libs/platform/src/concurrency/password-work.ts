import { DeadlineExceeded, TooManyAtOnce } from '@aitbc/modulith';
import { currentAsker } from './asker.js';
import { FairQueue, Turned } from './fair-queue.js';

export interface PasswordWorkLimits {
  readonly atOnce: number;
  readonly waiting: number;
  /** The limit of waiting tasks per user, or per network of anonymous callers. */
  readonly perCaller: number;
  /** The approximate duration of a task, for the Retry-After of rejected callers. */
  readonly milliseconds: number;
}

/** Limits concurrent password hashing, and serves the callers of the current messages fairly. */
export class PasswordWork {
  private readonly queue: FairQueue;

  constructor(private readonly limits: PasswordWorkLimits) {
    this.queue = new FairQueue(limits);
  }

  /** The number of waiting tasks. */
  get waiting(): number {
    return this.queue.waiting;
  }

  /**
   * @param what the operation as the caller knows it, for errors
   * @throws TooManyAtOnce, DeadlineExceeded the work was not started
   */
  async run<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await this.queue.run(currentAsker(), work);
    } catch (error) {
      if (!(error instanceof Turned)) throw error;
      throw error.reason === 'full' ? new TooManyAtOnce(this.retryAfterSeconds()) : new DeadlineExceeded(what);
    }
  }

  private retryAfterSeconds(): number {
    const { atOnce, milliseconds } = this.limits;
    return Math.max(1, Math.ceil((this.queue.waiting * milliseconds) / atOnce / 1_000));
  }
}
