import { Cache, type CacheArea } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { Chain } from './chain.js';

/** The contents of a block never change: entries are dropped for space, or when the database has lost blocks. */
const FINAL: CacheArea = { name: 'chain_final', ttlMs: 600_000, entries: 2_048 };
/** Keyed by the hash of the newest block, so that each block invalidates the entries. */
const AT_HEAD: CacheArea = { name: 'chain_at_head', ttlMs: 10_000, entries: 1_024 };

/** Caches frequently requested answers from the chain. */
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

  /** For answers that never change once they are known. @param isFinal whether the answer is known */
  final<T>(key: readonly unknown[], compute: () => Promise<T>, isFinal?: (answer: T) => boolean): Promise<T> {
    return this.cache.answer(FINAL, key, compute, isFinal);
  }

  /** For answers that depend only on the question and the newest block. */
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
