import { normalPassword, PasswordWork } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id; about 20 ms and 19 MiB each. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of Node's four threads for such work, two stay free for the database. */
const HASHES = { atOnce: 2, waiting: 256, perCaller: 16, milliseconds: 20 };

/** Hashes and verifies passwords with argon2id, off the event loop, a few at a time. */
@Injectable()
export class PasswordHasher {
  private readonly work = new PasswordWork(HASHES);
  private decoy?: Promise<string>;

  /** The number of waiting requests. */
  get queued(): number {
    return this.work.waiting;
  }

  /** @throws TooManyAtOnce, DeadlineExceeded before it starts */
  hash(password: string): Promise<string> {
    return this.work.run('password', () => hash(normalPassword(password), ARGON2ID));
  }

  /**
   * Whether the password matches the hash. Without a hash (no such user) the answer is no after the same time, so that
   * timing does not reveal which accounts exist.
   */
  async verify(password: string, passwordHash: string | null): Promise<boolean> {
    const decoy = await (this.decoy ??= hash('no account has this password', ARGON2ID));
    const matches = await this.work.run('password', () => verify(passwordHash ?? decoy, normalPassword(password)));
    return matches && passwordHash !== null;
  }
}
