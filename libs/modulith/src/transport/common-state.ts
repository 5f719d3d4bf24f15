import { createHmac, randomUUID, type KeyObject } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Keys } from './keys.js';

/** How long the mark of a secret outlives the last process that used it. */
const MARK_MS = 6_000;
const LOOK_AGAIN_MS = 250;

/** Other processes that are alive right now sign with another secret: nothing that this one sends would be accepted. */
export class SecretMismatch extends Error {
  override readonly name = 'SecretMismatch';

  constructor() {
    super('Live processes on this Redis use another secret. Give all processes of one system the same one.');
  }
}

/** What all processes of a system keep in Redis together: a mark of their secret, and an epoch that goes when data goes. */
export class CommonState {
  /** The first is left, all are accepted. */
  private readonly marks: readonly string[];
  private epoch?: string;

  constructor(
    private readonly redis: Redis,
    private readonly keys: Keys,
    secrets: readonly KeyObject[],
  ) {
    this.marks = secrets.map((secret) =>
      createHmac('sha256', secret).update('the secret of this system').digest('hex').slice(0, 16),
    );
  }

  /** Whether Redis lost what it held since this was last asked. */
  async hasLostData(): Promise<boolean> {
    const [, [, epoch]] = (await this.redis
      .pipeline()
      .set(this.keys.epoch, randomUUID(), 'NX')
      .get(this.keys.epoch)
      .exec()) as [unknown, [Error | null, string | undefined]];
    if (!epoch) throw new Error('Redis keeps nothing');
    const isLost = this.epoch !== undefined && this.epoch !== epoch;
    this.epoch = epoch;
    return isLost;
  }

  /**
   * Leaves a mark of our secret, which all that use it keep. Another's mark is waited for to go: one that only gets
   * older belongs to dead processes.
   *
   * @throws SecretMismatch when somebody keeps another mark
   */
  async agreeOnSecret(isOver: () => boolean): Promise<void> {
    let lifetime = Number.POSITIVE_INFINITY;
    while (!isOver()) {
      const ownMark = this.marks[0]!;
      await this.redis.set(this.keys.secret, ownMark, 'PX', MARK_MS, 'NX');
      const mark = await this.redis.get(this.keys.secret);
      // While a secret is being replaced, processes write either mark over the other: all of them accept both.
      if (mark !== null && this.marks.includes(mark)) {
        return void (await this.redis.set(this.keys.secret, ownMark, 'PX', MARK_MS));
      }
      const left = await this.redis.pttl(this.keys.secret);
      if (left > lifetime) throw new SecretMismatch();
      lifetime = left;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}
