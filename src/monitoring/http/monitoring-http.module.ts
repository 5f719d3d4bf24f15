import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { AlertChannelsController } from './alert-channels.controller.js';
import { AlertsController } from './alerts.controller.js';
import { AuditController } from './audit.controller.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { EventsController } from './events.controller.js';
import { FlagsController } from './flags.controller.js';
import { LIVE_STREAM_OPTIONS, liveStreamOptions, LiveStreams } from './live-streams.js';
import { SeriesController } from './series.controller.js';
import { StreamMetrics } from './stream-metrics.js';
import { TrafficController } from './traffic.controller.js';

@Module({
  controllers: [
    AdminController,
    AlertsController,
    AlertChannelsController,
    FlagsController,
    AuditController,
    SeriesController,
    DeadLettersController,
    TrafficController,
    EventsController,
  ],
  providers: [{ provide: LIVE_STREAM_OPTIONS, useValue: liveStreamOptions }, LiveStreams, StreamMetrics],
})
export class MonitoringHttpModule {}
