import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { AuditController } from './audit.controller.js';
import { FlagsController } from './flags.controller.js';
import { SeriesController } from './series.controller.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { EventsController } from './events.controller.js';
import { LIVE_STREAM_OPTIONS, liveStreamOptions, LiveStreams } from './live-streams.js';
import { StreamMetrics } from './stream-metrics.js';
import { TrafficController } from './traffic.controller.js';

@Module({
  controllers: [
    AdminController,
    DeadLettersController,
    TrafficController,
    FlagsController,
    AuditController,
    SeriesController,
    EventsController,
  ],
  providers: [{ provide: LIVE_STREAM_OPTIONS, useValue: liveStreamOptions }, LiveStreams, StreamMetrics],
})
export class MonitoringHttpModule {}
