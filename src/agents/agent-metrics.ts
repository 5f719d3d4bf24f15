import { afterCommit } from '@aitbc/modulith';
import { byStatus, exportGauge, replaceMetric } from '@aitbc/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { AgentCounts } from './agent-counts.js';
import { JOB_OUTCOMES, type JobOutcome } from './contract/events.js';

/** Exports metrics of agents and jobs. Values read from the database are the same in every replica: use `max`. */
@Injectable()
export class AgentMetrics implements OnModuleInit {
  private readonly queueWait = replaceMetric(
    'aitbc_job_queue_wait_seconds',
    (name) =>
      new Histogram({
        name,
        help: 'Time from when a job could be taken until an agent took it',
        buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 900],
      }),
  );
  private readonly finished = replaceMetric(
    'aitbc_jobs_finished_total',
    (name) => new Counter({ name, help: 'Jobs that ended, by how', labelNames: ['outcome'] }),
  );

  constructor(private readonly counts: AgentCounts) {}

  onModuleInit(): void {
    const { counts } = this;
    // Start at zero: Prometheus sees no increase in a series that did not exist before.
    for (const outcome of JOB_OUTCOMES) this.finished.inc({ outcome }, 0);
    exportGauge({
      name: 'aitbc_agents_online',
      help: 'Agents heard of within the last 45 seconds; replicas say the same: use max',
      read: () => counts.online(),
    });
    exportGauge({
      name: 'aitbc_job_queue_oldest_seconds',
      help: 'How long the job at the head of the queue has been waiting for an agent; replicas say the same: use max',
      read: () => counts.longestWaitSeconds(),
    });
    exportGauge({
      name: 'aitbc_jobs',
      help: 'Jobs by status; replicas say the same: use max. Those that have ended may be counted seconds ago',
      labels: ['status'],
      read: async () => byStatus(await counts.jobsByStatus()),
    });
  }

  jobAssigned(waitedMs: number): void {
    afterCommit(() => this.queueWait.observe(Math.max(0, waitedMs) / 1_000));
  }

  jobFinished(outcome: JobOutcome): void {
    afterCommit(() => this.finished.inc({ outcome }));
  }
}
