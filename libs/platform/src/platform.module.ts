import { type DynamicModule, Module } from '@nestjs/common';
import { AppConfig } from './config/config.js';
import { PasswordStrength } from './passwords/password-strength.js';
import { RecentTraces } from './telemetry/recent-traces.js';
import { Clock } from './time/clock.js';

/** Providers for every module: the configuration, the clock, and the password rule. */
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
        PasswordStrength,
      ],
      exports: [AppConfig, Clock, RecentTraces, PasswordStrength],
    };
  }
}
