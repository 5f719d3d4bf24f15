import { Module } from '@nestjs/common';
import { CacheModule } from '@nestjs/cache-manager';
import { Keyv, type KeyvOptions } from 'keyv';
import { AppConfig } from '../config/config.js';
import { Cache } from './cache.js';
import { MemoryStore } from './memory-store.js';
import { RedisStore } from './redis-store.js';
import { sealedEntries } from './sealed-entries.js';

type Settings = Pick<AppConfig, 'redisUrl' | 'modulithSecret' | 'version'>;

/** Only this process reads its memory, and the store expires entries itself. */
const plainEntries: KeyvOptions = {
  serialize: ({ value }) => value as string,
  deserialize: (text) => ({ value: text as never, expires: undefined }),
};

/** Redis if configured; otherwise memory, as in tests that run a module without a configuration. */
export function openCacheStore(settings?: Settings): Keyv<string> {
  // Another release may encode the same answer differently.
  const shared = { namespace: `cache:${settings?.version}`, useKeyPrefix: false, throwOnErrors: true };
  const keyv = settings?.redisUrl
    ? new Keyv<string>(new RedisStore(settings.redisUrl), { ...shared, ...sealedEntries(settings.modulithSecret) })
    : new Keyv<string>(new MemoryStore(), { ...shared, ...plainEntries });
  // Callers get the exception, and the store reports when it loses and regains Redis.
  keyv.on('error', () => undefined);
  return keyv;
}

/** Provides the {@link Cache} to the importing module; there is one per application. */
@Module({
  imports: [
    CacheModule.registerAsync({
      inject: [{ token: AppConfig, optional: true }],
      useFactory: (config?: AppConfig) => ({ stores: [openCacheStore(config)] }),
    }),
  ],
  providers: [Cache],
  exports: [Cache],
})
export class CachingModule {}
