import { Cache, type CacheArea } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { Chain } from './chain.js';

/** What is in a block stays as it is: it is forgotten for room, and when the database has lost blocks. */
const FINAL: CacheArea = { name: 'chain_final', ttlMs: 600_000, entries: 2_048 };
/** Under the hash of the newest block, so that the next one begins anew. */
const AT_HEAD: CacheArea = { name: 'chain_at_head', ttlMs: 10_000, entries: 1_024 };

/** Answers from the chain that many ask for. */
@Injectable()
export class ChainAnswers {
  constructor(
    private readonly chain: Chain,
    private readonly cache: Cache,
  ) {
    chain.onReplaced(() => {
      cache.renew(FINAL);
      cache.renew(AT_HEAD);
    });
  }

  /** For what can only become known and never change. @param isFinal whether the answer is known */
  final<T>(key: readonly unknown[], compute: () => Promise<T>, isFinal?: (answer: T) => boolean): Promise<T> {
    return this.cache.answer(FINAL, key, compute, isFinal);
  }

  /** For what depends on the question and the newest block alone. */
  async atHead<T>(key: readonly unknown[], compute: () => Promise<T>): Promise<T> {
    const head = await this.chain.newest();
    if (head === undefined) return compute();
    let isOfThisHead = false;
    const computeHere = async () => {
      const answer = await compute();
      isOfThisHead = (await this.chain.newest()) === head;
      return answer;
    };
    return this.cache.answer(AT_HEAD, [head.hash, ...key], computeHere, () => isOfThisHead);
  }
}
