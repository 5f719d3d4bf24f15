import { Injectable } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import type { EndReason } from './live-stream.js';

const OPEN = 'live_streams_open';
const ENDED = 'live_streams_ended_total';
const AUDIENCES = ['users', 'operators'] as const;

/** Exports the number of connected clients and why streams ended. */
@Injectable()
export class StreamMetrics {
  private readonly counter: Counter<'reason'>;

  constructor() {
    register.removeSingleMetric(ENDED);
    this.counter = new Counter({
      name: ENDED,
      help: 'Streams of live updates that ended: left by the client, slow, expired with its session, unconfirmed for long, draining',
      labelNames: ['reason'],
    });
  }

  /** @param open the audience of each open stream */
  export(open: () => (typeof AUDIENCES)[number][]): void {
    register.removeSingleMetric(OPEN);
    new Gauge({
      name: OPEN,
      help: 'Streams of live updates that are open',
      labelNames: ['audience'],
      collect() {
        const all = open();
        for (const audience of AUDIENCES) this.set({ audience }, all.filter((each) => each === audience).length);
      },
    });
  }

  ended(reason: EndReason): void {
    this.counter.inc({ reason });
  }
}
