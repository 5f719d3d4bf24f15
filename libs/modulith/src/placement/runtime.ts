import { Inject, Injectable, Logger } from '@nestjs/common';
import { context as otel } from '@opentelemetry/api';
import {
  Consumer,
  defaultRetryPolicy,
  type EventHandler,
  handlingMetadata,
  type RetryPolicy,
} from '../outbox/consumer.js';
import type { Publication } from '../outbox/publication.js';
import { toPublication } from '../outbox/publication.js';
import { Relay } from '../outbox/relay.js';
import { BoundedQueue } from '../outbox/bounded-queue.js';
import { MessageMetrics } from '../bus/message-metrics.js';
import type { Contract } from '../contract/define-contract.js';
import { ModuleUnavailable, ModulithError } from '../contract/errors.js';
import { ContractRegistry, type MessageType, type ModuleSubscription } from '../contract/registry.js';
import { withMessage, withTraceparent } from '../context/message-context.js';
import type { MessageMetadata } from '../context/metadata.js';
import type { HandlerScope } from '../unit-of-work/handler-scope.js';
import type { ModuleDataSource } from '../unit-of-work/module-data-source.js';
import { type CommittedEvents, ModuleDatabase } from '../unit-of-work/module-database.js';
import { ReadingScope } from '../unit-of-work/reading-scope.js';

export interface ModulithOptions {
  /** The contracts of every module of the system, hosted here or not. */
  readonly contracts: readonly Contract[];
  /** The modules that this process hosts. */
  readonly hosted: readonly string[];
  /** The URL of a module's database. */
  readonly databaseUrl: (module: string) => string;
  /** Shared by all processes of one system; protects `@Secret()` fields. */
  readonly secret: string;
  /** `strict`: local calls go through the full codec, so that what works here works across processes too. */
  readonly parity: 'strict' | 'fast';
  readonly retry?: RetryPolicy;
  /** How modules that this process does not host are reached. */
  readonly remote?: RemoteModules;
}

/** The way to modules hosted elsewhere. */
export interface RemoteModules {
  /** Brings a command or query to a process that hosts its owner. */
  send(type: MessageType, message: object, metadata: MessageMetadata): Promise<unknown>;
  /** Brings an event to a module; resolves when the module has it in its own database. */
  deliver(module: string, publication: Publication): Promise<void>;
}

export const MODULITH_OPTIONS = Symbol('ModulithOptions');

/** A module that runs in this process. */
export interface HostedModule {
  readonly name: string;
  readonly database: ModuleDatabase;
  readonly consumer: Consumer;
  readonly relay?: Relay;
  /** The scope of its queries. */
  readonly reading: ReadingScope;
}

/** What runs in this process: the hosted modules, their outboxes, and who listens to what. */
@Injectable()
export class Runtime implements CommittedEvents {
  readonly registry: ContractRegistry;
  readonly metrics = new MessageMetrics();
  private readonly modules = new Map<string, HostedModule>();
  private readonly queues = new Map<string, BoundedQueue>();
  private readonly broadcastHandlers = new Map<MessageType, EventHandler[]>();
  private readonly logger = new Logger('Modulith');
  private handled = 0;

  constructor(@Inject(MODULITH_OPTIONS) readonly options: ModulithOptions) {
    this.registry = new ContractRegistry(options.contracts, options.secret);
  }

  hosts(module: string): boolean {
    return this.options.hosted.includes(module);
  }

  /** Makes a module of this process ready; a module without a database has neither outbox nor inbox. */
  addModule(name: string, dataSource: ModuleDataSource | undefined): HostedModule {
    const database = new ModuleDatabase(name, dataSource, this);
    const consumer = new Consumer(database, this.registry, this.metrics, this.options.retry ?? defaultRetryPolicy);
    const relay = dataSource && new Relay(database, (publication, repeat) => this.deliver(publication, repeat));
    const module = { name, database, consumer, relay, reading: new ReadingScope(name) };
    this.modules.set(name, module);
    return module;
  }

  module(name: string): HostedModule | undefined {
    return this.modules.get(name);
  }

  hostedModules(): readonly HostedModule[] {
    return [...this.modules.values()];
  }

  addEventHandler(subscription: ModuleSubscription, handler: EventHandler): void {
    const { consumer } = this.modules.get(subscription.module)!;
    consumer.register(subscription.handler, handler);
    if (subscription.mode === 'bounded') {
      this.queues.set(
        queueName(subscription),
        new BoundedQueue(subscription.bound!, (publication) => consumer.offer(publication, subscription.handler)),
      );
    }
  }

  addBroadcastHandler(type: MessageType, handler: EventHandler): void {
    this.broadcastHandlers.set(type, [...(this.broadcastHandlers.get(type) ?? []), handler]);
  }

  async start(): Promise<void> {
    for (const module of this.modules.values()) if (module.relay) await module.consumer.start();
    for (const module of this.modules.values()) module.relay?.start();
  }

  async stop(): Promise<void> {
    for (const module of this.modules.values()) module.consumer.stop();
    await Promise.all([
      ...[...this.queues.values()].map((queue) => queue.stop()),
      ...[...this.modules.values()].map((module) => module.relay?.stop()),
    ]);
  }

  isAwaited(publication: Publication): boolean {
    return this.durableSubscribers(publication).length > 0;
  }

  committed(moduleName: string, publications: readonly Publication[], scope: HandlerScope): void {
    const awaited = publications.filter((each) => this.isAwaited(each));
    if (awaited.length > 0) this.modules.get(moduleName)!.relay?.handOver(awaited);
    for (const each of publications) this.offerBounded(each);
    for (const broadcast of scope.broadcasts) this.broadcast(toPublication(broadcast, new Date()), broadcast.type);
  }

  /** Nobody knows whether a module's last commit happened: its outbox is to be read before anything newer leaves. */
  uncertain(moduleName: string): void {
    this.modules.get(moduleName)?.relay?.readAgain();
  }

  /** Hands a broadcast to every handler of this process; what fails is logged and forgotten. */
  broadcast(publication: Publication, type: MessageType): void {
    for (const handler of this.broadcastHandlers.get(type) ?? []) {
      // Apart from what is going on where it was published: a handler there has its own unit of work and deadline.
      const context = withMessage(
        { ...handlingMetadata(publication), sent: 0 },
        withTraceparent(publication.metadata.traceparent),
      );
      otel
        .with(context, async () => handler.handle(this.registry.codec.decode(publication.payload) as object))
        .catch((error: unknown) => this.logger.warn(`A handler of ${publication.name} failed: ${String(error)}`));
    }
  }

  /** How many events each bounded subscription has dropped. */
  dropped(): { subscription: string; count: number }[] {
    return [...this.queues].map(([subscription, queue]) => ({ subscription, count: queue.dropped }));
  }

  /** Resolves when no event is under way in this process. */
  async idle(): Promise<void> {
    for (let before = -1; before !== this.handled;) {
      before = this.handled;
      for (const module of this.modules.values()) await module.relay?.idle();
      for (const queue of this.queues.values()) await queue.idle();
    }
  }

  /** Brings a publication to all its durable subscribers. */
  async deliver(publication: Publication, mayBeRepeat: boolean): Promise<void> {
    this.handled += 1;
    // A newer release may have published it: it waits in the outbox for a process that knows who listens.
    if (!this.registry.ofWireName(publication.name)) {
      throw new ModulithError('unknown_event', `No contract here knows ${publication.name}.`);
    }
    const subscriptions = this.durableSubscribers(publication);
    const away = new Set(subscriptions.map((each) => each.module).filter((each) => !this.modules.has(each)));
    await Promise.all([
      ...subscriptions
        .filter((each) => this.modules.has(each.module))
        .map((each) => this.modules.get(each.module)!.consumer.accept(publication, each, mayBeRepeat)),
      ...[...away].map((module) => {
        if (!this.options.remote) throw new ModuleUnavailable(module);
        return this.options.remote.deliver(module, publication);
      }),
    ]);
  }

  private offerBounded(publication: Publication): void {
    const type = this.registry.ofWireName(publication.name) as MessageType;
    for (const subscription of this.registry.subscribersOf(type)) {
      if (subscription.mode === 'bounded') this.queues.get(queueName(subscription))?.push(publication);
    }
  }

  private durableSubscribers(publication: Publication): readonly ModuleSubscription[] {
    const type = this.registry.ofWireName(publication.name) as MessageType | undefined;
    return type ? this.registry.subscribersOf(type).filter((each) => each.mode === 'durable') : [];
  }
}

const queueName = (subscription: ModuleSubscription) => `${subscription.module}.${subscription.handler}`;
