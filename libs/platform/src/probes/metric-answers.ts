import { type ProcessAnswer, Processes } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { type MetricReading, type ReadSum, readMetrics } from '../telemetry/metric-reading.js';

const READ = 'metrics.read';

/** Reads aggregated metrics of all processes, without a Prometheus. */
@Injectable()
export class MetricAnswers {
  constructor(private readonly processes: Processes) {
    processes.answer(READ, (readings: readonly MetricReading[]) => readMetrics(readings));
  }

  /** For each running process its sums, in the order of the readings, or why there are none. */
  readAll(readings: readonly MetricReading[]): Promise<ProcessAnswer<ReadSum[][]>[]> {
    return this.processes.askAll(READ, readings);
  }
}
