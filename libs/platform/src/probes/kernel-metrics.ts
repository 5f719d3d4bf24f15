import { LocalDeadLetters, Runtime, within } from '@aitbc/modulith';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, register } from 'prom-client';

const READ_MS = 2_000;

/** Exports the kernel's metrics of the modules hosted here, read on each scrape. */
@Injectable()
export class KernelMetrics implements OnModuleInit {
  constructor(
    private readonly runtime: Runtime,
    private readonly deadLetters: LocalDeadLetters,
  ) {}

  onModuleInit(): void {
    for (const name of [
      'modulith_outbox_depth',
      'modulith_outbox_oldest_age_seconds',
      'modulith_dead_letters',
      'modulith_delayed_events',
      'modulith_delayed_oldest_age_seconds',
      'modulith_unit_of_work_retries_total',
      'modulith_unit_of_work_slow_total',
      'modulith_bounded_dropped_total',
    ]) {
      register.removeSingleMetric(name);
    }
    if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
    this.exportOutboxes();
    this.exportUnitsOfWork();
  }

  private exportOutboxes(): void {
    const { runtime, deadLetters } = this;
    const withOutbox = () => runtime.hostedModules().flatMap(({ name, outbox }) => (outbox ? [{ name, outbox }] : []));
    new Gauge({
      name: 'modulith_outbox_depth',
      help: 'Events not yet confirmed by all',
      labelNames: ['module'],
      async collect() {
        await forEachReachable(withOutbox(), async ({ name, outbox }) => {
          this.set({ module: name }, (await outbox.backlog()).depth);
        });
      },
    });
    new Gauge({
      name: 'modulith_outbox_oldest_age_seconds',
      help: 'Age of the oldest event not yet confirmed',
      labelNames: ['module'],
      async collect() {
        await forEachReachable(withOutbox(), async ({ name, outbox }) => {
          const { oldest } = await outbox.backlog();
          this.set({ module: name }, oldest ? (Date.now() - oldest.getTime()) / 1_000 : 0);
        });
      },
    });
    new Gauge({
      name: 'modulith_dead_letters',
      help: 'Events given up, or waiting behind one of their key',
      labelNames: ['module'],
      async collect() {
        await forEachReachable(withOutbox(), async ({ name }) => {
          this.set({ module: name }, await deadLetters.count(name));
        });
      },
    });
    new Gauge({
      name: 'modulith_delayed_events',
      help: 'Events that wait for what their handlers lack, and those behind them; they are tried again',
      labelNames: ['module'],
      async collect() {
        await forEachReachable(withOutbox(), async ({ name }) => {
          this.set({ module: name }, (await deadLetters.delayed(name)).count);
        });
      },
    });
    new Gauge({
      name: 'modulith_delayed_oldest_age_seconds',
      help: 'How long the oldest delayed event has waited',
      labelNames: ['module'],
      async collect() {
        await forEachReachable(withOutbox(), async ({ name }) => {
          const { oldest } = await deadLetters.delayed(name);
          this.set({ module: name }, oldest ? (Date.now() - oldest.getTime()) / 1_000 : 0);
        });
      },
    });
  }

  private exportUnitsOfWork(): void {
    const { runtime } = this;
    new Counter({
      name: 'modulith_unit_of_work_retries_total',
      help: 'Units of work repeated after a conflict',
      labelNames: ['module'],
      collect() {
        this.reset();
        for (const { name, database } of runtime.hostedModules()) this.inc({ module: name }, database.retries);
      },
    });
    new Counter({
      name: 'modulith_unit_of_work_slow_total',
      help: 'Units of work open for more than 100 ms',
      labelNames: ['module'],
      collect() {
        this.reset();
        for (const { name, database } of runtime.hostedModules()) this.inc({ module: name }, database.slowUnits);
      },
    });
    new Counter({
      name: 'modulith_bounded_dropped_total',
      help: 'Events that bounded subscriptions dropped',
      labelNames: ['subscription'],
      collect() {
        this.reset();
        for (const { subscription, count } of runtime.dropped()) this.inc({ subscription }, count);
      },
    });
  }
}

/** A module whose database is unavailable keeps its last value: in an incident, the other metrics are needed most. */
async function forEachReachable<T>(modules: readonly T[], read: (module: T) => Promise<void>): Promise<void> {
  await Promise.all(modules.map((module) => within(READ_MS, read(module)).catch(unlessFault)));
}

/** @throws programming errors: only outages are ignored */
function unlessFault(error: unknown): void {
  if (error instanceof TypeError || error instanceof ReferenceError) throw error;
}
