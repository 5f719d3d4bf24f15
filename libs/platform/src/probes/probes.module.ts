import { Global, Module } from '@nestjs/common';
import { KernelMetrics } from './kernel-metrics.js';
import { ProbesController } from './probes.controller.js';
import { Readiness } from './readiness.js';

/** Health and metrics of one process. */
@Global()
@Module({ controllers: [ProbesController], providers: [Readiness, KernelMetrics], exports: [Readiness] })
export class ProbesModule {}
