import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppConfig } from '../config/config.js';
import { type Usage, WINDOW_MS } from './request-windows.js';

/** How long a request waits for Redis before it is counted here alone. */
const PATIENCE_MS = 100;
/** How long a Redis that did not answer is left alone. */
const REST_MS = 1_000;
/** The limits are the caller's own; this only has to be out of reach. */
const POINTS = Number.MAX_SAFE_INTEGER;

/** Counts requests in Redis, for all replicas of the gateway together; its windows run by the clock of Redis. */
@Injectable()
export class SharedWindows implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('RateLimits');
  private readonly redis?: Redis;
  private readonly limiter?: RateLimiterRedis;
  private restsUntil = 0;

  constructor({ redisUrl }: AppConfig) {
    if (!redisUrl) return;
    this.redis = new Redis(redisUrl, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 2_000,
      commandTimeout: PATIENCE_MS,
      connectionName: 'rate-limits',
      retryStrategy: (attempts) => Math.min(50 * 2 ** attempts, 1_000),
    });
    this.redis.on('error', () => undefined);
    this.limiter = new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: 'rate-limit',
      points: POINTS,
      duration: WINDOW_MS / 1_000,
      rejectIfRedisNotReady: true,
    });
  }

  async onModuleInit(): Promise<void> {
    // With Redis away each replica counts for itself, and says so when it does.
    await this.redis?.connect().catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  /** Undefined where there is no Redis, or none that answers. */
  async hit(kind: string, caller: string, points = 1): Promise<Usage | undefined> {
    if (!this.limiter || performance.now() < this.restsUntil) return undefined;
    try {
      const key = `${kind} ${caller}`;
      const spent = points < 0 ? this.limiter.reward(key, -points) : this.limiter.consume(key, points);
      const { consumedPoints, msBeforeNext } = await spent;
      return { points: consumedPoints, endsInMs: msBeforeNext };
    } catch (error) {
      if (error instanceof RateLimiterRes) return { points: error.consumedPoints, endsInMs: error.msBeforeNext };
      this.restsUntil = performance.now() + REST_MS;
      this.logger.warn(`Redis does not count, so each replica does for itself: ${String(error)}`);
      return undefined;
    }
  }
}
