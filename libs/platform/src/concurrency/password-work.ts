import { DeadlineExceeded, TooManyAtOnce } from '@aitbc/modulith';
import { currentAsker } from './asker.js';
import { FairQueue, Turned } from './fair-queue.js';

export interface PasswordWorkLimits {
  readonly atOnce: number;
  readonly waiting: number;
  /** What one user, or one network of strangers, may have waiting. */
  readonly perCaller: number;
  /** About how long one piece takes, for the Retry-After of callers that are refused. */
  readonly milliseconds: number;
}

/** The costly work on passwords, a few pieces at once, for the callers of the current messages in turns. */
export class PasswordWork {
  private readonly queue: FairQueue;

  constructor(private readonly limits: PasswordWorkLimits) {
    this.queue = new FairQueue(limits);
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.queue.waiting;
  }

  /**
   * @param what for errors: the work as the caller knows it
   * @throws TooManyAtOnce, DeadlineExceeded the work was not begun
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
