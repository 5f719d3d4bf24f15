import { ModulithModule } from '@aitbc/modulith';
import {
  type AppConfig,
  Clock,
  FlagProvider,
  FlagsModule,
  PlatformModule,
  ProbesModule,
  type RecentTraces,
} from '@aitbc/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { canaryByFlag, FeatureFlagsModule } from './feature-flags.js';
import { modules } from './modules.js';

/** The application of one process: the modules that it hosts and, with the gateway, the routes of all modules. */
@Module({})
export class AppModule {
  static async host(config: AppConfig, traces: RecentTraces, clock = new Clock()): Promise<DynamicModule> {
    const hosted = modules.filter(({ contract }) => config.hosted.some((name) => name === contract.module));
    const withRoutes = config.hosts('gateway') ? modules : [];
    const flags = new FlagProvider(clock);
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(config, clock, traces),
        FlagsModule.forRoot(flags),
        ModulithModule.forRoot({
          contracts: modules.map(({ contract }) => contract),
          hosted: config.hosted,
          databaseUrl: (module) => config.databaseUrlOf(module),
          secret: config.modulithSecret,
          acceptedSecrets: config.modulithSecrets.slice(1),
          parity: config.parity,
          redisUrl: config.redisUrl,
          postgres: { connections: config.databaseConnections },
          metrics: config.telemetry,
          labels: { version: config.version, color: config.color },
          canary: canaryByFlag(flags),
        }),
        ProbesModule,
        FeatureFlagsModule,
        ...(await Promise.all(hosted.map(({ load }) => load()))),
        ...(await Promise.all(withRoutes.map(({ loadHttp }) => loadHttp()))),
      ],
    };
  }
}
