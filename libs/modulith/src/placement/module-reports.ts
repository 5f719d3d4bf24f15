import { Injectable } from '@nestjs/common';
import type { BreakerState } from '../resilience/breakers.js';
import { LocalDeadLetters } from '../outbox/local-dead-letters.js';
import type { ProcessInfo } from '../transport/options.js';
import type { PendingEntry } from '../transport/server.js';
import { Canary } from './canary.js';
import { Distribution, eventsOf } from './distribution.js';
import { Processes } from './processes.js';
import { Runtime } from './runtime.js';

/** One process's report on a module that it hosts. */
export interface HostReport {
  readonly module: string;
  /** Whether this replica reads the module's outbox and runs its recurring work. */
  readonly leads: boolean;
  /** Deliveries that subscribers have not confirmed. */
  readonly outboxDepth: number;
  readonly outboxOldest?: Date;
  readonly deadLetters: number;
  /** Events delayed by an unavailable dependency. */
  readonly delayedEvents?: number;
  /** Entries in the module's request streams: undelivered, and delivered but unanswered. */
  readonly waiting: number;
  readonly pending: number;
  readonly canaryShare: number;
  /** Why its database figures are missing. */
  readonly problem?: string;
}

/** One process's report on a module that it calls. */
export interface CallerReport {
  readonly module: string;
  readonly breaker: BreakerState;
  /** Calls without an answer yet. */
  readonly unanswered: number;
}

interface Report {
  readonly hosted: readonly HostReport[];
  readonly called: readonly CallerReport[];
}

export interface ProcessReport extends Report {
  readonly process: ProcessInfo;
  /** Why there is no report; the hosted modules are then those that the process last announced. */
  readonly problem?: string;
}

const DATABASE_WITHIN_MS = 2_000;
const REPORT = 'modules.report';
const SET_CANARY = 'canary.set';

/** Placement and health of the modules, as reported by every process. */
@Injectable()
export class ModuleReports {
  constructor(
    private readonly runtime: Runtime,
    private readonly distribution: Distribution,
    private readonly processes: Processes,
    private readonly deadLetters: LocalDeadLetters,
    private readonly canary: Canary,
  ) {
    processes.answer(REPORT, () => this.ownReport());
    processes.answer(SET_CANARY, ({ module, share }: { module: string; share: number }) => canary.set(module, share));
  }

  /** The reports of all running processes. */
  async all(): Promise<ProcessReport[]> {
    const answers = await this.processes.askAll<Report>(REPORT);
    return answers.map(({ process, answer, error }) =>
      answer ? { process, ...answer } : { process, hosted: [], called: [], problem: error },
    );
  }

  /** The oldest unfinished entries that a module's replicas have taken over Redis: calls and event deliveries. */
  async pendingOf(module: string, limit: number): Promise<{ calls: PendingEntry[]; events: PendingEntry[] }> {
    const server = this.distribution.connection?.server;
    if (!server) return { calls: [], events: [] };
    const [calls, events] = await Promise.all(
      [module, eventsOf(module)].map((service) => server.pendingOf(service, limit)),
    );
    return { calls: calls!, events: events! };
  }

  /**
   * Sends this percentage of a module's commands to replicas outside the caller's process.
   * @throws ModuleUnavailable when no process hosts the module.
   */
  async setCanaryShare(module: string, share: number): Promise<void> {
    await this.processes.askHost(module, SET_CANARY, { module, share });
  }

  private async ownReport(): Promise<Report> {
    const { options, redisModules } = this.runtime;
    const called = this.runtime.registry.contracts
      .map(({ module }) => module)
      .filter((module) => !options.hosted.includes(module));
    return {
      hosted: await Promise.all(options.hosted.map((module) => this.reportOn(module))),
      called: redisModules ? called.map((module) => ({ module, ...redisModules.stateOf(module) })) : [],
    };
  }

  private async reportOn(module: string): Promise<HostReport> {
    const host = this.runtime.module(module);
    const server = this.distribution.connection?.server;
    const none = { waiting: 0, pending: 0 };
    let problem: string | undefined;
    // A database outage must not hide the other figures: that is when an operator needs them.
    const unless = <T>(reading: Promise<T>) =>
      orAway(reading).catch((error: Error) => void (problem = error.message)) as Promise<T | undefined>;
    const [backlog, deadLetters, delayed, calls, events] = await Promise.all([
      host?.outbox && unless(host.outbox.backlog()),
      unless(this.deadLetters.count(module)),
      unless(this.deadLetters.delayed(module)),
      // Redis is unavailable: its backlog is unknown, and the process's report says so.
      server?.lag(module).catch(() => none) ?? none,
      server?.lag(eventsOf(module)).catch(() => none) ?? none,
    ]);
    return {
      module,
      leads: host?.outbox?.leads ?? false,
      outboxDepth: backlog?.depth ?? 0,
      outboxOldest: backlog?.oldest,
      deadLetters: deadLetters ?? 0,
      delayedEvents: delayed?.count ?? 0,
      waiting: calls.waiting + events.waiting,
      pending: calls.pending + events.pending,
      canaryShare: this.canary.shareOf(module),
      problem,
    };
  }
}

/** @throws Error when the database does not answer in time. */
async function orAway<T>(reading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('its database does not answer')), DATABASE_WITHIN_MS);
  });
  return Promise.race([reading, late]).finally(() => clearTimeout(timer));
}
