import { Module } from '@nestjs/common';
import { AdminController } from './admin.controller.js';
import { AuditController } from './audit.controller.js';

@Module({ controllers: [AdminController, AuditController] })
export class MonitoringHttpModule {}
