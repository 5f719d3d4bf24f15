import { Injectable } from '@nestjs/common';

/**
 * Serialises work on the same account within this process. The database would resolve conflicts, too, but by restarting
 * all but one: a busy faucet would spend its time on that.
 */
@Injectable()
export class Lanes {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(account: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(account) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.last.set(account, turn);
    try {
      return await turn;
    } finally {
      if (this.last.get(account) === turn) this.last.delete(account);
    }
  }
}
