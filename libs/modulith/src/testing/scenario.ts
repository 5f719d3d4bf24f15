import type { Type } from '@nestjs/common';
import { CommandBus, EventBus, QueryBus } from '@nestjs/cqrs';
import type { TestingModule } from '@nestjs/testing';
import { v7 as uuidv7 } from 'uuid';
import { ModuleUnavailable } from '../contract/errors.js';
import type { Class } from '../contract/message.js';
import type { MessageType } from '../contract/registry.js';
import type { Publication } from '../outbox/publication.js';
import type { DeliveryOptions, RemoteModules } from '../placement/options.js';
import type { HostedModule, Runtime } from '../placement/runtime.js';
import { type Application, type ApplicationOptions, moduleName, type SendOptions } from './application.js';
import { Cluster } from './cluster.js';
import { temporarySqlite } from './temporary-databases.js';

export type Placement = 'monolith' | 'split';

/** The default placement of scenarios: `TEST_PLACEMENT`. */
export const placementOfThisRun: Placement = process.env['TEST_PLACEMENT'] === 'split' ? 'split' : 'monolith';

export interface ScenarioOptions extends Pick<
  ApplicationOptions,
  'modules' | 'contracts' | 'imports' | 'providers' | 'retry' | 'parity'
> {
  /** SQLite in a temporary directory by default. */
  readonly databaseUrl?: string;
  /** `split`: each module in an application of its own, over the Redis at `REDIS_TEST_URL`. */
  readonly placement?: Placement;
}

type Stub = (message: never) => unknown;

/** The sender of the test's messages; hosts no module if the modules are split. */
const OUTSIDE = 'outside';

/**
 * Runs some modules of a system in this process, on a real database, and stands in for the others: a test stubs their
 * answers, publishes their events, and inspects what was published here. The same test can run its modules in one
 * application or each in its own.
 */
export class Scenario {
  private readonly stubs = new Map<Class, Stub>();
  private readonly hosts: ReadonlySet<string>;
  private readonly cluster: Cluster;

  private constructor(
    private readonly options: ScenarioOptions,
    readonly placement: Placement,
    databaseUrl: string,
    private readonly cleanUp: () => void,
  ) {
    this.hosts = new Set(options.modules.map(moduleName));
    this.cluster = new Cluster({ ...options, databaseUrl, redisUrl: placement === 'split' ? redisUrl() : undefined });
  }

  static async start(options: ScenarioOptions): Promise<Scenario> {
    const temporary = options.databaseUrl ? undefined : temporarySqlite();
    const { url, remove } = temporary ?? { url: options.databaseUrl!, remove: () => undefined };
    const scenario = new Scenario(options, options.placement ?? placementOfThisRun, url, remove);
    try {
      await scenario.boot();
      return scenario;
    } catch (error) {
      // The start-up error is more useful.
      await scenario.close().catch(() => undefined);
      throw error;
    }
  }

  private async boot(): Promise<void> {
    const { modules } = this.options;
    if (this.placement === 'monolith') await this.build(OUTSIDE, modules);
    else {
      for (const module of modules) await this.build(moduleName(module), [module]);
      await this.build(OUTSIDE, [], { imports: [], providers: [] });
    }
    await Promise.all(this.cluster.applications().map((each) => each.init()));
    await this.cluster.acquainted();
  }

  private async build(name: string, modules: readonly Type[], options: Partial<ApplicationOptions> = {}) {
    const remote = new StandIn(this.hosts, this.stubs, () => application.runtime.redisModules!);
    const application: Application = await this.cluster.build(name, modules, { ...options, remote });
  }

  /** Stubs the answer of a module that is not run here. */
  stub<M extends object>(type: Class<M>, answer: (message: M) => unknown): void {
    this.stubs.set(type, answer as Stub);
  }

  execute<R>(command: object, options: SendOptions = {}): Promise<R> {
    return this.outside.execute<R>(command, options);
  }

  ask<R>(query: object, options: SendOptions = {}): Promise<R> {
    return this.outside.ask<R>(query, options);
  }

  /** Delivers an event as if its module had published it; resolves when it was applied or became a dead letter. */
  async publish(event: object, messageId: string = uuidv7()): Promise<void> {
    const { registry } = this.outside.runtime;
    const type = registry.messageOf(event);
    const publication: Publication = {
      messageId,
      name: type.wireName,
      key: type.keyField ? String((event as Record<string, unknown>)[type.keyField]) : '',
      payload: registry.codec.encode(event),
      metadata: { version: type.version, correlationId: messageId },
      publishedAt: new Date(),
    };
    if (type.kind === 'broadcast') this.outside.runtime.broadcast(publication, type);
    else await this.acceptEverywhere(type, publication);
    await this.settled();
  }

  /**
   * Delivers a publication to one module; resolves when its durable handlers have applied it or stored it as a dead
   * letter.
   */
  accept(module: string, publication: Publication): Promise<void> {
    const { runtime } = this.outside;
    if (this.placement === 'monolith') return runtime.accept(module, publication, true);
    return runtime.redisModules!.deliver(module, publication, { mode: 'durable', mayBeRepeat: true });
  }

  /** What the modules run here have published, decoded, in commit order. */
  published<E extends object>(type: Class<E>): E[] {
    const { registry } = this.outside.runtime;
    const name = registry.messageOfClass(type)?.wireName;
    return this.cluster
      .publications()
      .filter((each) => each.name === name)
      .map((each) => registry.codec.decode(each.payload) as E);
  }

  /** Resolves when no event is in progress. */
  settled(): Promise<void> {
    return this.cluster.settled();
  }

  /** How many events the bounded subscriptions have dropped. */
  dropped(): { subscription: string; count: number }[] {
    return this.cluster.applications().flatMap(({ runtime }) => runtime.dropped());
  }

  /** Buses are those of the outside sender; anything else comes from the first module that has it. */
  get<T>(type: Type<T> | symbol | string): T {
    const buses: unknown[] = [CommandBus, QueryBus, EventBus];
    if (buses.includes(type)) return this.outside.get(type);
    const has = (each: Application) => {
      try {
        return each.get(type) !== undefined;
      } catch {
        return false;
      }
    };
    return (this.cluster.applications().find(has) ?? this.outside).get(type);
  }

  /** A module that runs here. @throws RangeError */
  hosted(module: string): HostedModule {
    return this.cluster.hosted(module);
  }

  /** The first application. */
  get module(): TestingModule {
    return this.cluster.applications()[0]!.module;
  }

  /** The first application's. */
  get runtime(): Runtime {
    return this.cluster.applications()[0]!.runtime;
  }

  async close(): Promise<void> {
    try {
      await this.cluster.close();
    } finally {
      this.cleanUp();
    }
  }

  private get outside(): Application {
    return this.cluster.application(OUTSIDE);
  }

  private async acceptEverywhere(type: MessageType, publication: Publication): Promise<void> {
    const targets = this.outside.runtime.registry.durableTargetsOf(type).filter((target) => this.hosts.has(target));
    await Promise.all(targets.map((target) => this.accept(target, publication)));
  }
}

/** Stands in for modules that are not run; reaches those in other applications over Redis. */
class StandIn implements RemoteModules {
  constructor(
    private readonly hosts: ReadonlySet<string>,
    private readonly stubs: ReadonlyMap<Class, Stub>,
    private readonly redis: () => RemoteModules,
  ) {}

  async send(...call: Parameters<RemoteModules['send']>): Promise<unknown> {
    const [type, message] = call;
    if (this.hosts.has(type.owner)) return this.redis().send(...call);
    const stub = this.stubs.get(type.type);
    if (!stub) throw new ModuleUnavailable(type.owner);
    return (await stub(message as never)) as unknown;
  }

  async deliver(module: string, publication: Publication, options: DeliveryOptions): Promise<void> {
    if (this.hosts.has(module)) await this.redis().deliver(module, publication, options);
  }

  isReachable(module: string): boolean {
    return this.hosts.has(module) ? this.redis().isReachable(module) : true;
  }
}

function redisUrl(): string {
  const url = process.env['REDIS_TEST_URL'];
  if (!url) throw new Error('REDIS_TEST_URL is not set: run the tests through the project, which starts Redis.');
  return url;
}
