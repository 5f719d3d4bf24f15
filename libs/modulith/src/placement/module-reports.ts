import { Injectable } from '@nestjs/common';
import type { BreakerState } from '../resilience/breakers.js';
import { LocalDeadLetters } from '../outbox/local-dead-letters.js';
import type { ProcessInfo } from '../transport/options.js';
import type { PendingEntry } from '../transport/server.js';
import { Canary } from './canary.js';
import { Distribution, eventsOf } from './distribution.js';
import { Processes } from './processes.js';
import { Runtime } from './runtime.js';

/** What one process says of a module that it hosts. */
export interface HostReport {
  readonly module: string;
  /** Whether this replica reads the module's outbox and runs its recurring work. */
  readonly leads: boolean;
  /** Deliveries that wait for their subscriber. */
  readonly outboxDepth: number;
  readonly outboxOldest?: Date;
  readonly deadLetters: number;
  /** Events that wait for what their handlers need. */
  readonly delayedEvents?: number;
  /** Entries in the module's request streams that nobody was given yet, and those given and not yet answered. */
  readonly waiting: number;
  readonly pending: number;
  readonly canaryShare: number;
  /** Why the figures of its database are missing. */
  readonly problem?: string;
}

/** What one process says of a module that it calls. */
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
  /** Why it gave no report; then it hosts what it last told the others. */
  readonly problem?: string;
}

const DATABASE_WITHIN_MS = 2_000;
const REPORT = 'modules.report';
const SET_CANARY = 'canary.set';

/** How the modules are placed and how they do, as every process tells it. */
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

  /** What every running process says. */
  async all(): Promise<ProcessReport[]> {
    const answers = await this.processes.askAll<Report>(REPORT);
    return answers.map(({ process, answer, error }) =>
      answer ? { process, ...answer } : { process, hosted: [], called: [], problem: error },
    );
  }

  /** The oldest that replicas of a module have taken over Redis and not yet finished: calls, and deliveries of events. */
  async pendingOf(module: string, limit: number): Promise<{ calls: PendingEntry[]; events: PendingEntry[] }> {
    const server = this.distribution.connection?.server;
    if (!server) return { calls: [], events: [] };
    const [calls, events] = await Promise.all(
      [module, eventsOf(module)].map((service) => server.pendingOf(service, limit)),
    );
    return { calls: calls!, events: events! };
  }

  /**
   * Sends this percentage of a module's commands to other replicas than the one in the caller's process.
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
    // The others are shown when one database is away: that is when an operator looks.
    const unless = <T>(reading: Promise<T>) =>
      orAway(reading).catch((error: Error) => void (problem = error.message)) as Promise<T | undefined>;
    const [backlog, deadLetters, delayed, calls, events] = await Promise.all([
      host?.outbox && unless(host.outbox.backlog()),
      unless(this.deadLetters.count(module)),
      unless(this.deadLetters.delayed(module)),
      // Redis is away: what waits there is unknown, and the report of the process says so.
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
