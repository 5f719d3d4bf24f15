import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfig } from './config/config.js';
import { RecentTraces } from './telemetry/recent-traces.js';
import { Clock } from './time/clock.js';

/** What every module may inject: the configuration and the time. */
@Module({})
export class PlatformModule {
  static forRoot(config: AppConfig, clock: Clock = new Clock(), traces = new RecentTraces()): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: AppConfig, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: RecentTraces, useValue: traces },
      ],
      exports: [AppConfig, Clock, RecentTraces],
    };
  }
}
