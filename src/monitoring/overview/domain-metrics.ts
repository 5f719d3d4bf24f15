import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge, register } from 'prom-client';
import { ModuleSummaries } from './module-summaries.js';

const METRIC = 'aitbc_state';

/** Exports the modules' few numbers as one gauge: `aitbc_state{module="agents",value="jobsByStatus",status="queued"}`. */
@Injectable()
export class DomainMetrics implements OnModuleInit {
  constructor(private readonly summaries: ModuleSummaries) {}

  onModuleInit(): void {
    const { summaries } = this;
    register.removeSingleMetric(METRIC);
    new Gauge({
      name: METRIC,
      help: 'What each module says of itself: bookings and jobs by status, agents online, chain head and the like',
      labelNames: ['module', 'value', 'status'],
      async collect() {
        this.reset();
        const { summaries: all } = await summaries.collect();
        for (const [module, summary] of Object.entries(all)) {
          for (const sample of samplesOf(summary)) this.set({ module, ...sample.labels }, sample.number);
        }
      },
    });
  }
}

function* samplesOf(summary: Record<string, unknown>) {
  for (const [value, found] of Object.entries(summary)) {
    if (typeof found === 'number') yield { labels: { value, status: '' }, number: found };
    else if (typeof found === 'object' && found !== null && !(found instanceof Date)) {
      for (const [status, number] of Object.entries(found)) {
        if (typeof number === 'number') yield { labels: { value, status }, number };
      }
    }
  }
}
