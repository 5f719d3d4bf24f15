import { LRUCache } from 'lru-cache';
import type { CacheStore } from './cache-store.js';

/** The limit of characters over all answers; the least recently used are evicted first. */
const CAPACITY = 32 * 1024 * 1024;

/** Caches answers in this process. */
export class MemoryStore implements CacheStore {
  readonly opts = {};
  readonly isReachable = true;
  namespace?: string | undefined;
  private readonly kept: LRUCache<string, string>;

  constructor(capacity = CAPACITY) {
    this.kept = new LRUCache({ maxSize: capacity, sizeCalculation: (value, key) => value.length + key.length });
  }

  open(): void {}

  onReturn(): void {}

  get<T>(key: string): Promise<T | undefined> {
    return Promise.resolve(this.kept.get(key) as T | undefined);
  }

  getMany<T>(keys: string[]): Promise<(T | undefined)[]> {
    return Promise.resolve(keys.map((key) => this.kept.get(key) as T | undefined));
  }

  set(key: string, value: string, ttl?: number): void {
    this.kept.set(key, value, { ttl });
  }

  delete(key: string): Promise<boolean> {
    return Promise.resolve(this.kept.delete(key));
  }

  clear(): Promise<void> {
    this.kept.clear();
    return Promise.resolve();
  }

  on(): this {
    return this;
  }
}
