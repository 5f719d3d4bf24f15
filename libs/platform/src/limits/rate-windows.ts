import { Injectable, Module } from '@nestjs/common';
import { RequestWindows, type Usage } from './request-windows.js';
import { SharedWindows } from './shared-windows.js';

/** Counts each caller's requests per minute, across all replicas if Redis is available. */
@Injectable()
export class RateWindows {
  constructor(
    private readonly own: RequestWindows,
    private readonly shared: SharedWindows,
  ) {}

  /**
   * @param kind the kind of limit: callers beyond the tracked maximum share one count per kind
   * @param points the points to spend; a negative number returns some
   */
  async hit(kind: string, caller: string, points = 1): Promise<Usage> {
    return (await this.shared.hit(kind, caller, points)) ?? this.own.hit(kind, caller, points);
  }
}

/** One shared count for all rate limits of an application. */
@Module({ providers: [RequestWindows, SharedWindows, RateWindows], exports: [RateWindows] })
export class RateWindowsModule {}
