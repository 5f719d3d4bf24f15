import type { KeyvStoreAdapter } from 'keyv';

/** Where answers are kept: in this process, or where other processes find them too. */
export interface CacheStore extends KeyvStoreAdapter {
  /** Begins to connect and does not wait for it. */
  open(): void;
  /** Whether it is worth asking at this moment. */
  readonly isReachable: boolean;
  /** Called whenever it can be reached anew: what was said to it in the meantime is lost. */
  onReturn(listener: () => void): void;
}
