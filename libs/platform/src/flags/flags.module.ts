import { randomUUID } from 'node:crypto';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { type Client, type EvaluationContext, NOOP_PROVIDER, OpenFeature } from '@openfeature/server-sdk';
import { callerContext } from './caller-context.js';
import type { SwitchKey } from './declared-flags.js';
import { FlagProvider } from './flag-provider.js';

/** Injects OpenFeature's client of this application: `@Inject(FLAGS) private readonly flags: FlagClient`. */
export const FLAGS = Symbol('Flags');

/** OpenFeature's client, for which a switch that the code has not declared does not compile. */
export interface FlagClient extends Omit<Client, 'getBooleanValue' | 'getBooleanDetails'> {
  getBooleanValue(key: SwitchKey, fallback: boolean, context?: EvaluationContext): Promise<boolean>;
  getBooleanDetails(
    key: SwitchKey,
    fallback: boolean,
    context?: EvaluationContext,
  ): ReturnType<Client['getBooleanDetails']>;
}

/**
 * Gives every module the client of OpenFeature. Several applications in one process have a provider each: it is bound
 * to a domain of the application's own, never to the default one.
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
      ],
      exports: [FlagProvider, FLAGS],
    };
  }

  /** OpenFeature forgets no domain, but lets go of its provider. */
  onApplicationShutdown(): void {
    OpenFeature.setProvider(this.client.metadata.domain!, NOOP_PROVIDER);
  }
}

function openClient(provider: FlagProvider): Client {
  const domain = `aitbc-${randomUUID()}`;
  OpenFeature.setProvider(domain, provider);
  return OpenFeature.getClient(domain).addHooks(callerContext);
}
