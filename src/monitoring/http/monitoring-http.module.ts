import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { AlertChannelsController } from './alert-channels.controller.js';
import { AlertsController } from './alerts.controller.js';
import { AuditController } from './audit.controller.js';
import { FlagsController } from './flags.controller.js';
import { SeriesController } from './series.controller.js';

@Module({
  controllers: [
    AdminController,
    AlertsController,
    AlertChannelsController,
    FlagsController,
    AuditController,
    SeriesController,
  ],
})
export class MonitoringHttpModule {}
