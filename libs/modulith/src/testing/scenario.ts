import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import type { DynamicModule, ForwardReference, Provider, Type } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { runInRequest } from '../context/message-context.js';
import type { Principal } from '../context/metadata.js';
import type { Contract } from '../contract/define-contract.js';
import { ModuleUnavailable } from '../contract/errors.js';
import type { Class } from '../contract/message.js';
import type { MessageType } from '../contract/registry.js';
import { ModulithFeatureModule, ModulithModule } from '../modulith.module.js';
import type { Publication } from '../outbox/publication.js';
import type { RemoteModules } from '../placement/options.js';
import { Runtime } from '../placement/runtime.js';
import { MODULE_NAME } from '../placement/tokens.js';
import type { RetryPolicy } from '../outbox/consumer.js';
import { temporarySqlite } from './temporary-databases.js';

export interface ScenarioOptions {
  /** The Nest modules to run, each importing its `ModulithModule.forModule`. */
  readonly modules: readonly Type[];
  /** The contracts of the system; modules that are not run are answered by stubs. */
  readonly contracts: readonly Contract[];
  /** SQLite in a temporary folder unless given. */
  readonly databaseUrl?: string;
  /** Further imports, such as a global module with the clock and the configuration. */
  readonly imports?: readonly (Type | DynamicModule | ForwardReference)[];
  readonly providers?: readonly Provider[];
  readonly retry?: RetryPolicy;
  /** `strict` unless given. */
  readonly parity?: 'strict' | 'fast';
}

export interface SendOptions {
  readonly as?: Principal;
  /** Makes the message id a function of this seed. */
  readonly idSeed?: string;
}

type Stub = (message: never) => unknown;

/**
 * Runs some modules of a system in this process, on a real database, and stands in for the others: tests say what
 * those answer, publish their events, and look at what was published here.
 */
export class Scenario implements RemoteModules {
  private readonly stubs = new Map<Class, Stub>();
  private readonly publications: Publication[] = [];
  private cleanUp: () => void = () => undefined;
  module: TestingModule;

  static async start(options: ScenarioOptions): Promise<Scenario> {
    const scenario = new Scenario();
    try {
      await scenario.boot(options);
      return scenario;
    } catch (error) {
      await scenario.module?.close().catch(() => undefined);
      scenario.cleanUp();
      throw error;
    }
  }

  private async boot(options: ScenarioOptions): Promise<void> {
    const temporary = options.databaseUrl ? undefined : temporarySqlite();
    const url = options.databaseUrl ?? temporary!.url;
    if (temporary) this.cleanUp = temporary.remove;
    this.module = await Test.createTestingModule({
      imports: [
        ModulithModule.forRoot({
          contracts: options.contracts,
          hosted: options.modules.map(nameOf),
          databaseUrl: () => url,
          secret: 'scenario',
          parity: options.parity ?? 'strict',
          retry: options.retry ?? { attempts: 3, firstDelayMs: 5, maxDelayMs: 20 },
          remote: this,
        }),
        ...(options.imports ?? []),
        ...options.modules,
      ],
      providers: [...(options.providers ?? [])],
    }).compile();
    this.module.enableShutdownHooks([]);
    this.recordPublications();
    await this.module.init();
  }

  /** Says what a module that is not run here answers. */
  stub<M extends object>(type: Class<M>, answer: (message: M) => unknown): void {
    this.stubs.set(type, answer as Stub);
  }

  execute<R>(command: object, options: SendOptions = {}): Promise<R> {
    return runInRequest({ principal: options.as, idSeed: options.idSeed }, () =>
      this.get(CommandBus).execute<object, R>(command),
    );
  }

  ask<R>(query: object, options: SendOptions = {}): Promise<R> {
    return runInRequest({ principal: options.as }, () => this.get(QueryBus).execute<object, R>(query));
  }

  /** Delivers an event as if the module that owns it had published it; resolves when it was applied or given up. */
  async publish(event: object, messageId: string = uuidv7()): Promise<void> {
    const { registry } = this.runtime;
    const type = registry.messageOf(event);
    const publication: Publication = {
      messageId,
      name: type.wireName,
      key: type.keyField ? String((event as Record<string, unknown>)[type.keyField]) : '',
      payload: registry.codec.encode(event),
      metadata: { version: type.version, correlationId: messageId },
      publishedAt: new Date(),
    };
    if (type.kind === 'broadcast') this.runtime.broadcast(publication, type);
    else await this.acceptEverywhere(type, publication);
    await this.settled();
  }

  /** What the modules run here have published, decoded, in the order of the commits. */
  published<E extends object>(type: Class<E>): E[] {
    const { registry } = this.runtime;
    const name = registry.messageOfClass(type)?.wireName;
    return this.publications
      .filter((each) => each.name === name)
      .map((each) => registry.codec.decode(each.payload) as E);
  }

  /** Resolves when no event is under way. */
  settled(): Promise<void> {
    return this.runtime.idle();
  }

  get<T>(type: Type<T> | symbol | string): T {
    return this.module.get<T>(type as Type<T>, { strict: false });
  }

  get runtime(): Runtime {
    return this.get(Runtime);
  }

  async close(): Promise<void> {
    await this.module.close();
    this.cleanUp();
  }

  async send(type: { type: Class; owner: string }, message: object): Promise<unknown> {
    const stub = this.stubs.get(type.type);
    if (!stub) throw new ModuleUnavailable(type.owner);
    return (await stub(message as never)) as unknown;
  }

  deliver(): Promise<void> {
    return Promise.resolve();
  }

  isReachable(): boolean {
    return true;
  }

  private async acceptEverywhere(type: MessageType, publication: Publication): Promise<void> {
    const targets = this.runtime.registry.durableTargetsOf(type).filter((target) => this.runtime.hosts(target));
    await Promise.all(targets.map((target) => this.runtime.accept(target, publication, true)));
  }

  private recordPublications(): void {
    const { runtime } = this;
    const committed = runtime.committed.bind(runtime);
    runtime.committed = (module, publications, addressed, scope) => {
      this.publications.push(...publications);
      committed(module, publications, addressed, scope);
    };
  }
}

function nameOf(module: Type): string {
  const imports = (Reflect.getMetadata('imports', module) ?? []) as DynamicModule[];
  const feature = imports.find((each) => each.module === ModulithFeatureModule);
  const provider = feature?.providers?.find((each) => (each as { provide?: unknown }).provide === MODULE_NAME);
  if (!provider) throw new Error(`${module.name} imports no ModulithModule.forModule.`);
  return (provider as { useValue: string }).useValue;
}
