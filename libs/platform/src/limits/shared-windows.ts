import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppConfig } from '../config/config.js';
import { type Usage, WINDOW_MS } from './request-windows.js';

/** How long a request waits for Redis before it is counted locally. */
const PATIENCE_MS = 100;
/** How long an unresponsive Redis is skipped. */
const REST_MS = 1_000;
/** Unlimited: the caller of this class enforces the limits. */
const POINTS = Number.MAX_SAFE_INTEGER;

/** Counts requests in Redis, across all replicas of the gateway; windows follow the clock of Redis. */
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
    // Without Redis each replica counts on its own, and logs that it does.
    await this.redis?.connect().catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  /** Undefined without Redis, or if it does not answer. */
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
