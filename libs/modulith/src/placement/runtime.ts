import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { context as otel } from '@opentelemetry/api';
import { Consumer, defaultRetryPolicy, type EventHandler, handlingMetadata } from '../outbox/consumer.js';
import { Leadership } from '../outbox/leadership.js';
import { Outbox } from '../outbox/outbox.js';
import { Periodic } from '../outbox/periodic.js';
import { type Addressed, type Publication, toPublication } from '../outbox/publication.js';
import type { Destination } from '../outbox/relay.js';
import { BoundedQueue } from '../outbox/bounded-queue.js';
import { MessageMetrics } from '../bus/message-metrics.js';
import { ModuleUnavailable, ModulithError, UnsupportedVersion } from '../contract/errors.js';
import { ContractRegistry, type MessageType, type ModuleSubscription } from '../contract/registry.js';
import { withMessage, withTraceparent } from '../context/message-context.js';
import type { HandlerScope } from '../unit-of-work/handler-scope.js';
import type { ModuleDataSource } from '../unit-of-work/module-data-source.js';
import { type CommittedEvents, ModuleDatabase } from '../unit-of-work/module-database.js';
import { ReadingScope } from '../unit-of-work/reading-scope.js';
import { Distribution } from './distribution.js';
import { MODULITH_OPTIONS, type ModulithOptions, type RemoteModules } from './options.js';
import { RedisModules } from './redis-modules.js';

/** A module hosted by this process. */
export interface HostedModule {
  readonly name: string;
  readonly database: ModuleDatabase;
  readonly consumer: Consumer;
  readonly leadership: Leadership;
  readonly periodic: Periodic;
  /** Absent if the module has no storage. */
  readonly outbox?: Outbox;
  /** The scope of its queries. */
  readonly reading: ReadingScope;
}

/** The runtime of this process: hosted modules, their outboxes, and the subscriptions. */
@Injectable()
export class Runtime implements CommittedEvents {
  readonly registry: ContractRegistry;
  readonly metrics: MessageMetrics;
  private readonly modules = new Map<string, HostedModule>();
  private readonly queues = new Map<string, BoundedQueue>();
  private readonly broadcastHandlers = new Map<MessageType, EventHandler[]>();
  private readonly logger = new Logger('Modulith');
  /** Reaches modules in other processes, if there are any. */
  readonly remote?: RemoteModules;
  readonly redisModules?: RedisModules;
  private readonly stopping = new AbortController();
  private handled = 0;

  constructor(
    @Inject(MODULITH_OPTIONS) readonly options: ModulithOptions,
    private readonly distribution: Distribution,
  ) {
    this.metrics = new MessageMetrics(options.metrics !== false);
    this.registry = new ContractRegistry(options.contracts, options.secret, options.acceptedSecrets);
    const { connection } = distribution;
    this.redisModules = connection && new RedisModules(connection, this.registry, this.metrics);
    this.remote = options.remote ?? this.redisModules;
  }

  hosts(module: string): boolean {
    return this.options.hosted.includes(module);
  }

  /** Initialises a module of this process; without a database it has neither outbox nor inbox. */
  addModule(name: string, dataSource: ModuleDataSource | undefined): HostedModule {
    const database = new ModuleDatabase(name, dataSource, this);
    const retry = this.options.retry ?? defaultRetryPolicy;
    const consumer = new Consumer(database, this.registry, this.metrics, retry, (handler, key) =>
      this.tell(name, { parked: { handler, key } }),
    );
    const leadership = new Leadership(database, this.distribution.connection !== undefined);
    const periodic = new Periodic(name, leadership, (job) => this.tell(name, { job }));
    const isAlone = this.distribution.connection === undefined;
    const outbox = dataSource && new Outbox(database, leadership, isAlone, this.destinationsOf(name));
    const module = { name, database, consumer, leadership, periodic, outbox, reading: new ReadingScope(name) };
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
        queueName(subscription.module, subscription.handler),
        new BoundedQueue(subscription.bound!, (publication) => consumer.offer(publication, subscription.handler)),
      );
    }
  }

  addBroadcastHandler(type: MessageType, handler: EventHandler): void {
    this.broadcastHandlers.set(type, [...(this.broadcastHandlers.get(type) ?? []), handler]);
  }

  async start(): Promise<void> {
    this.listen();
    const withData = [...this.modules.values()].filter(({ outbox }) => outbox);
    await Promise.all(withData.map(({ consumer }) => consumer.start()));
    await Promise.all(withData.map(({ leadership }) => leadership.start()));
    for (const { outbox } of withData) outbox!.start();
  }

  /**
   * Without Redis, this process must be the only one that hosts its modules: replicas could not notify each other.
   * @throws ModulithError if another live process leads one of them.
   */
  async assertAlone(): Promise<void> {
    const withData = [...this.modules.values()].filter(({ outbox }) => outbox);
    // A leader killed on another machine holds its lease until it expires.
    for (const end = Date.now() + ALONE_WITHIN_MS; ; await delay(1_000)) {
      const led = withData.filter(({ leadership }) => !leadership.isHeld).map(({ name }) => name);
      if (led.length === 0) return;
      for (const { leadership } of withData) leadership.check();
      if (Date.now() < end) continue;
      throw new ModulithError(
        'not_alone',
        `Another process hosts ${led.join(', ')} on the same database: replicas need REDIS_URL.`,
      );
    }
  }

  async stop(): Promise<void> {
    const modules = [...this.modules.values()];
    this.stopping.abort();
    for (const { consumer } of modules) consumer.stop();
    await Promise.all([
      ...[...this.queues.values()].map((queue) => queue.stop()),
      ...modules.map(({ periodic }) => periodic.stop()),
      ...modules.map(({ outbox }) => outbox?.stop()),
    ]);
    await Promise.all(modules.map(({ outbox, leadership }) => outbox && leadership.stop()));
  }

  targetsOf(publication: Publication): readonly string[] {
    const type = this.registry.ofWireName(publication.name) as MessageType;
    return this.registry.durableTargetsOf(type);
  }

  committed(
    moduleName: string,
    publications: readonly Publication[],
    addressed: readonly Addressed[],
    scope: HandlerScope,
  ): void {
    const { outbox } = this.modules.get(moduleName)!;
    if (outbox && addressed.length > 0) {
      outbox.committed(addressed);
      if (!outbox.leads) this.tell(moduleName, { outbox: true });
    }
    for (const each of publications) this.offerBounded(each);
    for (const { type, ...broadcast } of scope.broadcasts) {
      this.broadcast(toPublication({ type, ...broadcast }, new Date()), type);
    }
  }

  /** Called when the outcome of a module's last commit is unknown. */
  uncertain(moduleName: string): void {
    this.modules.get(moduleName)?.outbox?.uncertain();
  }

  /** Sends a broadcast to every process. */
  broadcast(publication: Publication, type: MessageType): void {
    this.broadcastHere(publication, type);
    this.distribution.connection?.link.publish(
      BROADCASTS,
      JSON.stringify({ from: this.distribution.self.id, publication }),
    );
  }

  /** Delivers a broadcast to every handler of this process; failures are only logged. */
  private broadcastHere(publication: Publication, type: MessageType): void {
    for (const handler of this.broadcastHandlers.get(type) ?? []) {
      // Isolated from the publisher's context: a handler has its own unit of work and deadline.
      const context = withMessage(handlingMetadata(publication), withTraceparent(publication.metadata.traceparent));
      otel
        .with(context, async () => handler.handle(this.registry.codec.decode(publication.payload) as object))
        .catch((error: unknown) => this.logger.warn(`A handler of ${publication.name} failed: ${String(error)}`));
    }
  }

  /** The number of events that each bounded subscription has dropped. */
  dropped(): { subscription: string; count: number }[] {
    return [...this.queues].map(([subscription, queue]) => ({ subscription, count: queue.dropped }));
  }

  /** The number of events received or sent. */
  get handledEvents(): number {
    return this.handled;
  }

  /** Resolves when no event is in progress in this process. */
  async idle(): Promise<void> {
    for (let before = -1; before !== this.handled;) {
      before = this.handled;
      for (const module of this.modules.values()) await module.outbox?.idle();
      for (const queue of this.queues.values()) await queue.idle();
    }
  }

  /**
   * Accepts an event for a module hosted here; resolves when each durable handler has applied it or stored it as a dead
   * letter.
   */
  async accept(module: string, publication: Publication, mayBeRepeat: boolean): Promise<void> {
    this.handled += 1;
    const { consumer } = this.modules.get(module)!;
    // Published by a newer release: it waits in the outbox for a process that knows it.
    if (!this.knows(module, publication)) {
      throw new UnsupportedVersion(publication.name, publication.metadata.version);
    }
    const subscriptions = this.subscriptionsTo(publication, module).filter(({ mode }) => mode === 'durable');
    await Promise.all(subscriptions.map((each) => consumer.accept(publication, each, mayBeRepeat)));
  }

  /** Accepts an event for the bounded subscriptions of a module hosted here. */
  offer(module: string, publication: Publication): void {
    for (const { mode, handler } of this.subscriptionsTo(publication, module)) {
      if (mode === 'bounded') this.queues.get(queueName(module, handler))?.push(publication);
    }
  }

  private knows(module: string, { name, metadata }: Publication): boolean {
    const type = this.registry.ofWireName(name) as MessageType | undefined;
    if (!type || metadata.version > type.version) return false;
    return this.registry.durableTargetsOf(type).includes(module);
  }

  private destinationsOf(publisher: string): ReadonlyMap<string, Destination> {
    const targets = [...this.registry.messageTypes()]
      .filter(({ owner }) => owner === publisher)
      .flatMap((type) => this.registry.durableTargetsOf(type));
    return new Map(targets.map((target) => [target, this.destinationOf(target)]));
  }

  private destinationOf(target: string): Destination {
    if (this.hosts(target)) {
      return {
        deliver: (publication, mayBeRepeat) => this.accept(target, publication, mayBeRepeat),
        knows: (publication) => this.knows(target, publication),
        isReachable: true,
        keepsOrder: true,
      };
    }
    const { remote } = this;
    return {
      deliver: (publication, mayBeRepeat) => {
        this.handled += 1;
        return remote!.deliver(target, publication, { mode: 'durable', mayBeRepeat });
      },
      knows: () => true,
      get isReachable() {
        return remote?.isReachable(target) ?? false;
      },
      keepsOrder: false,
    };
  }

  /** Subscribes to notifications from other processes. */
  private listen(): void {
    const { connection, self } = this.distribution;
    if (!connection) return;
    connection.link.subscribe(BROADCASTS, (body) => {
      const { from, publication } = JSON.parse(body) as { from: string; publication: Publication };
      const type = this.registry.ofWireName(publication.name) as MessageType | undefined;
      if (from !== self.id && type) this.broadcastHere(publication, type);
    });
    connection.link.subscribe(HINTS, (body) => {
      const { module: name, job, outbox, parked } = JSON.parse(body) as { module: string } & Hint;
      const module = this.modules.get(name);
      if (parked) module?.consumer.park(parked.handler, parked.key);
      if (!module?.leadership.isHeld) return;
      if (job) module.periodic.wake(job);
      if (outbox) module.outbox?.wake();
    });
    for (const { outbox, leadership } of this.modules.values()) {
      if (!outbox) continue;
      if (connection.link.isConnected) leadership.reached();
      connection.link.onConnected(() => leadership.reached());
      connection.link.onDisconnected(() => leadership.cutOff());
    }
    connection.presence.onChange(() => {
      for (const { outbox, leadership } of this.modules.values()) {
        outbox?.wake();
        leadership.check();
      }
    });
  }

  /** Notifies the module's other replicas; a lost notification only delays them. */
  private tell(module: string, hint: Hint): void {
    this.distribution.connection?.link.publish(HINTS, JSON.stringify({ module, ...hint }));
  }

  private offerBounded(publication: Publication): void {
    const away = new Map<string, number>();
    for (const { mode, module, handler, bound } of this.subscriptionsTo(publication)) {
      if (mode !== 'bounded') continue;
      if (this.hosts(module)) this.queues.get(queueName(module, handler))!.push(publication);
      else away.set(module, Math.max(bound!, away.get(module) ?? 0));
    }
    for (const [module, bound] of away) this.queueTo(module, bound).push(publication);
  }

  /** The queue for a remote module; each of its bounded subscriptions has a queue of its own there. */
  private queueTo(module: string, bound: number): BoundedQueue {
    let queue = this.queues.get(module);
    if (!queue) this.queues.set(module, (queue = new BoundedQueue(bound, (each) => this.offerAway(module, each))));
    return queue;
  }

  /** Waits until the module is reachable; meanwhile the queue drops its oldest events. */
  private async offerAway(module: string, publication: Publication): Promise<void> {
    if (!this.remote) throw new ModuleUnavailable(module);
    while (!this.remote.isReachable(module)) await delay(OFFER_AGAIN_MS, undefined, { signal: this.stopping.signal });
    await this.remote.deliver(module, publication, { mode: 'bounded', mayBeRepeat: false });
  }

  private subscriptionsTo(publication: Publication, module?: string): readonly ModuleSubscription[] {
    const type = this.registry.ofWireName(publication.name) as MessageType | undefined;
    if (!type) return [];
    return this.registry.subscribersOf(type).filter((each) => !module || each.module === module);
  }
}

/** A notification from one replica of a module to the others. */
interface Hint {
  /** The leader should run this recurring job now. */
  readonly job?: string;
  /** The leader should read the outbox now. */
  readonly outbox?: boolean;
  readonly parked?: { readonly handler: string; readonly key: string };
}

/** The interval for checking whether a module with queued bounded events is reachable again. */
const OFFER_AGAIN_MS = 250;
/** Longer than the lease of a killed process lasts. */
const ALONE_WITHIN_MS = 20_000;
const BROADCASTS = 'broadcasts';
const HINTS = 'hints';

const queueName = (module: string, handler: string) => `${module}.${handler}`;
