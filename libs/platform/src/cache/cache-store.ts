import type { KeyvStoreAdapter } from 'keyv';

/** The storage of cached answers: in this process, or shared with other processes. */
export interface CacheStore extends KeyvStoreAdapter {
  /** Starts to connect without waiting. */
  open(): void;
  /** Whether a lookup can succeed at the moment. */
  readonly isReachable: boolean;
  /** Called after each reconnect: messages sent in the meantime were lost. */
  onReturn(listener: () => void): void;
}
