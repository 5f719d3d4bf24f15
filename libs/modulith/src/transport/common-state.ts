import { createHmac, randomUUID, type KeyObject } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Keys } from './keys.js';

/** How long the mark of a secret outlives the last process that used it. */
const MARK_MS = 6_000;
const LOOK_AGAIN_MS = 250;

/** Other live processes sign with a different secret: they would reject everything that this process sends. */
export class SecretMismatch extends Error {
  override readonly name = 'SecretMismatch';

  constructor() {
    super('Live processes on this Redis use another secret. Give all processes of one system the same one.');
  }
}

/**
 * State in Redis shared by all processes of a system: the mark of their secret, and an epoch that disappears when Redis
 * loses its data.
 */
export class CommonState {
  /** The first is written, all are accepted. */
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

  /** Whether Redis has lost its data since the last call. */
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
   * Writes the mark of our secret, which all processes with that secret renew. Waits for a foreign mark to expire: one
   * that is not renewed belongs to dead processes.
   *
   * @throws SecretMismatch when a foreign mark is being renewed
   */
  async agreeOnSecret(isOver: () => boolean): Promise<void> {
    let lifetime = Number.POSITIVE_INFINITY;
    while (!isOver()) {
      const ownMark = this.marks[0]!;
      await this.redis.set(this.keys.secret, ownMark, 'PX', MARK_MS, 'NX');
      const mark = await this.redis.get(this.keys.secret);
      // During a rotation, processes overwrite each other's marks: all of them accept both.
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
