import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineContract, ModulithModule, View } from '@aitbc/modulith';
import { AppConfig, Cache, type CacheArea, CachingModule, PlatformModule } from '@aitbc/platform';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { register } from 'prom-client';

export class Price extends View {
  amount: bigint;
  since: Date;
}

const shopContract = defineContract('shop', { views: [Price] });

/** An application that asks the price of something and keeps the answer. */
export class Shop {
  /** What the price is now; every computation takes it from here. */
  amount = 1n;
  computed = 0;

  private constructor(
    readonly app: INestApplicationContext,
    readonly area: CacheArea,
    private readonly directory: string,
  ) {}

  static async open(area: CacheArea, redisUrl?: string, secret = 'ab'.repeat(32)): Promise<Shop> {
    const directory = mkdtempSync(join(tmpdir(), 'cache-'));
    const environment = { NODE_ENV: 'test', DATA_DIR: directory, MODULITH_SECRET: secret, REDIS_URL: redisUrl };
    @Module({
      imports: [
        PlatformModule.forRoot(new AppConfig(environment)),
        ModulithModule.forRoot({
          contracts: [shopContract],
          hosted: [],
          databaseUrl: () => '',
          secret,
          parity: 'strict',
        }),
        CachingModule,
      ],
    })
    class ShopApplication {}
    const app = await NestFactory.createApplicationContext(ShopApplication, { logger: false });
    return new Shop(app, area, directory);
  }

  get cache(): Cache {
    return this.app.get(Cache);
  }

  /** Asks; the computation takes some milliseconds when told so. */
  price(key: readonly unknown[] = [], milliseconds = 0): Promise<Price> {
    return this.cache.answer(this.area, key, async () => {
      this.computed += 1;
      const { amount } = this;
      if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
      return Price.of({ amount, since: new Date(0) });
    });
  }

  /** Changes the price and says so. */
  change(): bigint {
    this.amount += 1n;
    this.cache.renew(this.area);
    return this.amount;
  }

  /** Resolves when what was asked before is answered from the cache. */
  async warm(key: readonly unknown[] = []): Promise<void> {
    await vi.waitFor(
      async () => {
        const before = this.computed;
        await this.price(key);
        expect(this.computed).toBe(before);
      },
      { timeout: 5_000, interval: 5 },
    );
  }

  async count(outcome: 'hit' | 'miss' | 'bypass'): Promise<number> {
    const { values } = await register.getSingleMetric('cache_requests_total')!.get();
    return values.find(({ labels }) => labels['cache'] === this.area.name && labels['outcome'] === outcome)?.value ?? 0;
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
