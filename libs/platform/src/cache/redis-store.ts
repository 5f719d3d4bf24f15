import KeyvRedis, { createClient, type RedisClientConnectionType, type RedisClientType } from '@keyv/redis';
import { Logger } from '@nestjs/common';
import type { CacheStore } from './cache-store.js';

/** How long a request waits for Redis before it continues without. */
const PATIENCE_MS = 50;
/** How long an unresponsive Redis is skipped. */
const REST_MS = 1_000;
const LONGEST_RECONNECT_MS = 1_000;
/** The limit of pending commands; more fail at once instead of filling the memory. */
const MOST_WAITING = 10_000;

/**
 * Caches answers in Redis, for all processes that use it. Fails within milliseconds if Redis is unavailable or
 * unresponsive.
 */
export class RedisStore extends KeyvRedis<string> implements CacheStore {
  private readonly redis: RedisClientType;
  private readonly log = new Logger('Cache');
  private answeredAt = 0;
  private restsUntil = 0;
  private wasReachable = true;

  constructor(url: string) {
    const redis: RedisClientType = createClient({
      url,
      disableOfflineQueue: true,
      commandsQueueMaxLength: MOST_WAITING,
      socket: {
        connectTimeout: 2_000,
        reconnectStrategy: (attempts) => Math.min(50 * 2 ** attempts, LONGEST_RECONNECT_MS),
      },
    });
    super(redis as RedisClientConnectionType, { throwOnErrors: true });
    this.redis = redis;
    redis.on('ready', () => this.report(true, 'Redis is there'));
    redis.on('error', (error: Error) => this.report(false, `Redis is away, answers are computed: ${error.message}`));
  }

  open(): void {
    this.redis.connect().catch((error: unknown) => this.log.error('The cache was not opened', error));
  }

  get isReachable(): boolean {
    return this.redis.isReady && performance.now() >= this.restsUntil;
  }

  onReturn(listener: () => void): void {
    this.redis.on('ready', listener);
  }

  /** Never connects on demand: not while a request waits, and not after shutdown. */
  override getClient(): Promise<RedisClientConnectionType> {
    return this.redis.isReady ? Promise.resolve(this.client) : Promise.reject(new Error('Redis is away.'));
  }

  override getMany<U = string>(keys: string[]): Promise<(U | undefined)[]> {
    return this.inTime(super.getMany<U>(keys));
  }

  override set(key: string, value: string, ttl?: number): Promise<void> {
    return this.inTime(super.set(key, value, ttl));
  }

  /** Not gracefully: an unresponsive Redis would keep the process from ending. */
  override disconnect(): Promise<void> {
    if (this.redis.isOpen) this.redis.destroy();
    return Promise.resolve();
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    const askedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = () => {
        // Slow, or this process is busy: only complete silence makes it skip Redis.
        if (this.answeredAt < askedAt) this.restsUntil = performance.now() + REST_MS;
        reject(new Error(`Redis has not answered within ${PATIENCE_MS} ms.`));
      };
      // If this process was busy itself, the answer may be in the socket buffer: it is read before the setImmediate
      // callback runs.
      timer = setTimeout(() => setImmediate(giveUp), PATIENCE_MS);
    });
    try {
      const answer = await Promise.race([work, late]);
      this.answeredAt = performance.now();
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }

  private report(isReachable: boolean, message: string): void {
    if (isReachable === this.wasReachable) return;
    this.wasReachable = isReachable;
    if (isReachable) this.log.log(message);
    else this.log.warn(message);
  }
}
