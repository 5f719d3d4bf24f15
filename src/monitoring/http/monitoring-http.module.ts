import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { FlagsController } from './flags.controller.js';

@Module({ controllers: [AdminController, FlagsController] })
export class MonitoringHttpModule {}
