import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { AuditController } from './audit.controller.js';
import { FlagsController } from './flags.controller.js';
import { SeriesController } from './series.controller.js';

@Module({ controllers: [AdminController, FlagsController, AuditController, SeriesController] })
export class MonitoringHttpModule {}
