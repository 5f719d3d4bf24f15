import { Global, Module } from '@nestjs/common';
import { TraceAnswers } from '../telemetry/trace-answers.js';
import { KernelMetrics } from './kernel-metrics.js';
import { MetricAnswers } from './metric-answers.js';
import { ProbesController } from './probes.controller.js';
import { ProcessMetrics } from './process-metrics.js';
import { Readiness } from './readiness.js';
import { TraceMetrics } from './trace-metrics.js';
import { TransportMetrics } from './transport-metrics.js';

/** Health, metrics and traces of one process. */
@Global()
@Module({
  controllers: [ProbesController],
  providers: [Readiness, KernelMetrics, ProcessMetrics, TransportMetrics, TraceMetrics, MetricAnswers, TraceAnswers],
  exports: [Readiness, MetricAnswers, TraceAnswers],
})
export class ProbesModule {}
