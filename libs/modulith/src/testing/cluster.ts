import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Type } from '@nestjs/common';
import type { Publication } from '../outbox/publication.js';
import { Distribution } from '../placement/distribution.js';
import type { HostedModule } from '../placement/runtime.js';
import { Application, type ApplicationOptions } from './application.js';

/** The options shared by all applications of a system. */
export type ClusterOptions = Omit<ApplicationOptions, 'modules'>;

const MEET_WITHIN_MS = 15_000;

/**
 * Several applications of one system in this process, each standing in for a process: they share only Redis and the
 * databases.
 */
export class Cluster {
  private readonly running = new Map<string, Application>();
  private readonly ended: Publication[] = [];
  private readonly options: ClusterOptions;

  constructor(options: ClusterOptions) {
    // A unique prefix separates the cluster from others on the same Redis.
    this.options = { ...options, transport: { prefix: `cluster-${randomUUID()}`, ...options.transport } };
  }

  /** Starts another application and waits until all know each other. */
  async start(name: string, modules: readonly Type[], options: Partial<ApplicationOptions> = {}): Promise<Application> {
    const application = await this.build(name, modules, options);
    await application.init();
    await this.acquainted();
    return application;
  }

  /** Builds an application without starting it. */
  async build(name: string, modules: readonly Type[], options: Partial<ApplicationOptions> = {}): Promise<Application> {
    const application = await Application.build({ ...this.options, ...options, modules });
    this.running.set(name, application);
    return application;
  }

  /** An application by its name. @throws RangeError */
  application(name: string): Application {
    const application = this.running.get(name);
    if (!application) throw new RangeError(`No application "${name}" runs.`);
    return application;
  }

  /** The name of an application. @throws RangeError */
  nameOf(application: Application): string {
    const entry = [...this.running].find(([, each]) => each === application);
    if (!entry) throw new RangeError('The application does not run.');
    return entry[0];
  }

  applications(): Application[] {
    return [...this.running.values()];
  }

  /** A module, from the first application that runs it. @throws RangeError */
  hosted(module: string): HostedModule {
    const host = this.applications().find(({ modules }) => modules.includes(module));
    if (!host) throw new RangeError(`"${module}" runs nowhere.`);
    return host.hosted(module);
  }

  /** What was published, in the commit order that each process saw. */
  publications(): Publication[] {
    return [...this.ended, ...this.applications().flatMap(({ publications }) => publications)];
  }

  /** Resolves when each running application knows all others. */
  async acquainted(): Promise<void> {
    const all = this.applications().map((each) => each.get(Distribution));
    if (all.some(({ connection }) => !connection)) return;
    const ids = all.map(({ self }) => self.id);
    const knowsAll = (one: Distribution) =>
      one.connection!.link.isConnected && ids.every((id) => one.processes().some((each) => each.id === id));
    for (const end = Date.now() + MEET_WITHIN_MS; !all.every(knowsAll);) {
      if (Date.now() > end) throw new Error('The applications did not find each other.');
      await delay(5);
    }
  }

  /** Resolves when no event is in progress anywhere. */
  async settled(): Promise<void> {
    for (let before = -1; before !== this.handled();) {
      before = this.handled();
      // Two passes: an application may hand work to one that was already checked.
      for (let pass = 0; pass < 2; pass++) for (const each of this.applications()) await each.runtime.idle();
    }
  }

  /** Shuts down an application gracefully. */
  async end(name: string): Promise<void> {
    const application = this.application(name);
    await application.close();
    this.running.delete(name);
    this.ended.push(...application.publications);
  }

  async close(): Promise<void> {
    const closed = await Promise.allSettled(this.applications().map((each) => each.close()));
    this.running.clear();
    for (const each of closed) if (each.status === 'rejected') throw each.reason as Error;
  }

  private handled(): number {
    return this.applications().reduce((sum, { runtime }) => sum + runtime.handledEvents, 0);
  }
}
