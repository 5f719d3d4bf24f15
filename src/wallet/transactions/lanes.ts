import { Injectable } from '@nestjs/common';

/**
 * Lets what happens to one account happen one after the other within this process. The database would sort it out as well, but by
 * letting all but one start again: a faucet that many use at once would spend its time on that.
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
