import { Module } from '@nestjs/common';
import { CacheModule } from '@nestjs/cache-manager';
import { Keyv, type KeyvOptions } from 'keyv';
import { AppConfig } from '../config/config.js';
import { Cache } from './cache.js';
import { MemoryStore } from './memory-store.js';
import { RedisStore } from './redis-store.js';
import { sealedEntries } from './sealed-entries.js';

type Settings = Pick<AppConfig, 'redisUrl' | 'modulithSecret' | 'version'>;

/** Nobody else reads this process's memory, and it forgets by itself what is over. */
const plainEntries: KeyvOptions = {
  serialize: ({ value }) => value as string,
  deserialize: (text) => ({ value: text as never, expires: undefined }),
};

/** In Redis where one is configured, and in memory otherwise, as in tests that run a module without a configuration. */
export function openCacheStore(settings?: Settings): Keyv<string> {
  // Another release may write the same answer otherwise.
  const shared = { namespace: `cache:${settings?.version}`, useKeyPrefix: false, throwOnErrors: true };
  const keyv = settings?.redisUrl
    ? new Keyv<string>(new RedisStore(settings.redisUrl), { ...shared, ...sealedEntries(settings.modulithSecret) })
    : new Keyv<string>(new MemoryStore(), { ...shared, ...plainEntries });
  // Whoever asked is told by the exception, and the store says by itself when Redis comes and goes.
  keyv.on('error', () => undefined);
  return keyv;
}

/** Provides the {@link Cache} to the module that imports it; there is one in an application. */
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
