import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id; about 20 ms and 19 MiB each. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of the four threads that Node has for such work, two stay free for the database. */
const AT_ONCE = 2;

/** Hashes and verifies passwords with argon2id, off the event loop, a few at a time. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy?: Promise<string>;

  /** How many wait for their turn. */
  get queued(): number {
    return this.waiting.length;
  }

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password.normalize('NFKC'), ARGON2ID));
  }

  /**
   * Whether the password belongs to the hash. Without a hash (no such user) the answer is no, and takes as long as
   * with one, so that the time does not tell who has an account.
   */
  async verify(password: string, passwordHash: string | null): Promise<boolean> {
    const decoy = await (this.decoy ??= this.hash('no account has this password'));
    const matches = await this.inTurn(() => verify(passwordHash ?? decoy, password.normalize('NFKC')));
    return matches && passwordHash !== null;
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }
}
