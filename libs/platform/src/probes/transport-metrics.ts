import { Distribution, Runtime } from '@aitbc/modulith';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { replaceMetric } from '../telemetry/export-gauge.js';

const STATES = ['closed', 'half_open', 'open', 'isolated'] as const;

const COUNTERS = {
  framesOut: ['modulith_transport_frames_sent_total', 'Signed frames sent; each carries several items'],
  framesIn: ['modulith_transport_frames_received_total', 'Signed frames received and accepted'],
  itemsOut: ['modulith_transport_items_sent_total', 'Requests, replies and broadcasts sent'],
  itemsIn: ['modulith_transport_items_received_total', 'Requests, replies and broadcasts received'],
  resent: ['modulith_transport_resent_total', 'Requests sent again after a connection or a process was lost'],
  takenOver: ['modulith_transport_taken_over_total', 'Entries taken over from processes that stopped renewing them'],
  expired: ['modulith_transport_expired_total', 'Requests whose deadline had passed before they were handled'],
  lateReplies: ['modulith_transport_late_replies_total', 'Replies that nobody waited for any more'],
  droppedBroadcasts: ['modulith_transport_dropped_broadcasts_total', 'Broadcasts not sent because Redis was away'],
  dataLost: ['modulith_transport_data_lost_total', 'How often Redis came back without what it held'],
} as const;

/** Exports the traffic between this process and the others; empty if it is the only one. */
@Injectable()
export class TransportMetrics implements OnModuleInit {
  constructor(
    private readonly distribution: Distribution,
    private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    const { connection } = this.distribution;
    if (!connection) return;
    const { counters } = connection.link;
    for (const [field, [name, help]] of Object.entries(COUNTERS)) {
      replaceMetric(
        name,
        () =>
          new Counter({
            name,
            help,
            collect() {
              this.reset();
              this.inc(counters[field as keyof typeof COUNTERS]);
            },
          }),
      );
    }
    replaceMetric(
      'modulith_transport_refused_total',
      (name) =>
        new Counter({
          name,
          help: 'Frames refused: unsigned, altered, expired, or of a newer release',
          labelNames: ['reason'],
          collect() {
            this.reset();
            for (const [reason, count] of counters.refused) this.inc({ reason }, count);
          },
        }),
    );
    replaceMetric(
      'modulith_transport_connected',
      (name) =>
        new Gauge({
          name,
          help: '1 while Redis answers',
          collect() {
            this.set(connection.link.isConnected ? 1 : 0);
          },
        }),
    );
    this.exportCalls();
  }

  private exportCalls(): void {
    const { runtime, distribution } = this;
    const called = runtime.registry.contracts.map(({ module }) => module).filter((module) => !runtime.hosts(module));
    replaceMetric(
      'modulith_breaker_state',
      (name) =>
        new Gauge({
          name,
          help: '1 for the state that the circuit breaker of a remote module is in',
          labelNames: ['module', 'state'],
          collect() {
            for (const module of called) {
              const { breaker } = runtime.redisModules!.stateOf(module);
              for (const state of STATES) this.set({ module, state }, state === breaker ? 1 : 0);
            }
          },
        }),
    );
    replaceMetric(
      'modulith_calls_unanswered',
      (name) =>
        new Gauge({
          name,
          help: 'Calls to a remote module without an answer yet',
          labelNames: ['module'],
          collect() {
            for (const module of called) this.set({ module }, runtime.redisModules!.stateOf(module).unanswered);
          },
        }),
    );
    replaceMetric(
      'modulith_replicas',
      (name) =>
        new Gauge({
          name,
          help: 'Running processes that host a module, as this process sees it',
          labelNames: ['module'],
          collect() {
            for (const { module } of runtime.registry.contracts)
              this.set({ module }, distribution.hosting(module).length);
          },
        }),
    );
  }
}
