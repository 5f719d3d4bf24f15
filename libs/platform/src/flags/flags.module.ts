import { randomUUID } from 'node:crypto';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Client, NOOP_PROVIDER, OpenFeature } from '@openfeature/server-sdk';
import { Limits } from '../limits/limits.js';
import { callerContext } from './caller-context.js';
import { FLAGS } from './flag-client.js';
import { FlagProvider } from './flag-provider.js';

/**
 * Provides the OpenFeature client to every module. Several applications in one process each have their own provider: it
 * is bound to a domain of the application, never to the default one.
 */
@Module({})
export class FlagsModule implements OnApplicationShutdown {
  constructor(@Inject(FLAGS) private readonly client: Client) {}

  static forRoot(provider: FlagProvider): DynamicModule {
    return {
      module: FlagsModule,
      global: true,
      providers: [
        { provide: FlagProvider, useValue: provider },
        { provide: FLAGS, useFactory: () => openClient(provider) },
        Limits,
      ],
      exports: [FlagProvider, FLAGS, Limits],
    };
  }

  /** OpenFeature cannot remove a domain, but it can release its provider. */
  onApplicationShutdown(): void {
    OpenFeature.setProvider(this.client.metadata.domain!, NOOP_PROVIDER);
  }
}

function openClient(provider: FlagProvider): Client {
  const domain = `aitbc-${randomUUID()}`;
  OpenFeature.setProvider(domain, provider);
  return OpenFeature.getClient(domain).addHooks(callerContext);
}
