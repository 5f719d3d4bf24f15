import { Injectable, Module } from '@nestjs/common';
import { RequestWindows, type Usage } from './request-windows.js';
import { SharedWindows } from './shared-windows.js';

/** What callers spend in a minute: counted for all replicas together where there is Redis. */
@Injectable()
export class RateWindows {
  constructor(
    private readonly own: RequestWindows,
    private readonly shared: SharedWindows,
  ) {}

  /**
   * @param kind of the limit: those past the most callers are counted together, by kind
   * @param points that the caller spends; fewer than none give some back
   */
  async hit(kind: string, caller: string, points = 1): Promise<Usage> {
    return (await this.shared.hit(kind, caller, points)) ?? this.own.hit(kind, caller, points);
  }
}

/** One count for all that limit callers in an application. */
@Module({ providers: [RequestWindows, SharedWindows, RateWindows], exports: [RateWindows] })
export class RateWindowsModule {}
