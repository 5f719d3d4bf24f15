import type { DynamicModule, ForwardReference, Provider, Type } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { runInRequest } from '../context/message-context.js';
import type { Principal } from '../context/metadata.js';
import type { Contract } from '../contract/define-contract.js';
import { ModulithFeatureModule, ModulithModule } from '../modulith.module.js';
import type { RetryPolicy } from '../outbox/consumer.js';
import type { Publication } from '../outbox/publication.js';
import type { ModulithOptions, RemoteModules } from '../placement/options.js';
import { type HostedModule, Runtime } from '../placement/runtime.js';
import { MODULE_NAME } from '../placement/tokens.js';

export interface ApplicationOptions {
  /** The Nest modules to run, each importing its `ModulithModule.forModule`. */
  readonly modules: readonly Type[];
  /** The contracts of the system; stubs answer for modules that are not run. */
  readonly contracts: readonly Contract[];
  readonly databaseUrl: string | ((module: string) => string);
  /** Further imports, such as a global module with the clock and the configuration. */
  readonly imports?: readonly (Type | DynamicModule | ForwardReference)[];
  readonly providers?: readonly Provider[];
  readonly retry?: RetryPolicy;
  /** `strict` by default. */
  readonly parity?: 'strict' | 'fast';
  readonly secret?: string;
  readonly acceptedSecrets?: readonly string[];
  readonly redisUrl?: string;
  readonly transport?: ModulithOptions['transport'];
  readonly postgres?: ModulithOptions['postgres'];
  readonly labels?: Readonly<Record<string, string>>;
  readonly remote?: RemoteModules;
  readonly canary?: ModulithOptions['canary'];
}

export interface SendOptions {
  readonly as?: Principal;
  /** The sender's address. */
  readonly from?: string;
  /** Derives the message id from this seed. */
  readonly idSeed?: string;
  /** The number of the request among those with this seed; from the clock by default. */
  readonly attempt?: number;
  /** How long the caller waits. */
  readonly deadlineMs?: number;
}

/** One process of a system under test, run as a separate application inside the test process. */
export class Application {
  /** What the modules run here have published, in commit order. */
  readonly publications: Publication[] = [];
  private closing?: Promise<void>;

  private constructor(
    readonly modules: readonly string[],
    readonly module: TestingModule,
  ) {}

  /** Builds an application; {@link Application.init} starts it. */
  static async build(options: ApplicationOptions): Promise<Application> {
    const { databaseUrl } = options;
    const modules = options.modules.map(moduleName);
    const module = await Test.createTestingModule({
      imports: [
        ModulithModule.forRoot({
          contracts: options.contracts,
          hosted: modules,
          databaseUrl: typeof databaseUrl === 'string' ? () => databaseUrl : databaseUrl,
          secret: options.secret ?? 'scenario',
          acceptedSecrets: options.acceptedSecrets,
          parity: options.parity ?? 'strict',
          retry: options.retry ?? { attempts: 3, firstDelayMs: 5, maxDelayMs: 20 },
          redisUrl: options.redisUrl,
          transport: options.transport,
          postgres: options.postgres,
          labels: options.labels,
          remote: options.remote,
          canary: options.canary,
        }),
        ...(options.imports ?? []),
        ...options.modules,
      ],
      providers: [...(options.providers ?? [])],
    }).compile();
    module.enableShutdownHooks([]);
    return new Application(modules, module).recordPublications();
  }

  async init(): Promise<this> {
    await this.module.init();
    return this;
  }

  get runtime(): Runtime {
    return this.get(Runtime);
  }

  /** A module that runs here. @throws RangeError */
  hosted(name: string): HostedModule {
    const module = this.runtime.module(name);
    if (!module) throw new RangeError(`"${name}" does not run in this application.`);
    return module;
  }

  execute<R>(command: object, options: SendOptions = {}): Promise<R> {
    return inRequest(options, () => this.get(CommandBus).execute<object, R>(command));
  }

  ask<R>(query: object, options: SendOptions = {}): Promise<R> {
    return inRequest(options, () => this.get(QueryBus).execute<object, R>(query));
  }

  get<T>(type: Type<T> | symbol | string): T {
    return this.module.get<T>(type as Type<T>, { strict: false });
  }

  /** Shuts down as on SIGTERM: finishes the work in progress. A second call waits for the first. */
  close(): Promise<void> {
    return (this.closing ??= this.module.close());
  }

  private recordPublications(): this {
    const { runtime } = this;
    const committed = runtime.committed.bind(runtime);
    runtime.committed = (module, publications, addressed, scope) => {
      this.publications.push(...publications);
      committed(module, publications, addressed, scope);
    };
    return this;
  }
}

function inRequest<T>({ as, from, idSeed, attempt, deadlineMs }: SendOptions, send: () => T): T {
  return runInRequest({ principal: as, origin: from, idSeed, attempt, deadlineMs }, send);
}

/** The contract name of a Nest module. */
export function moduleName(module: Type): string {
  const imports = (Reflect.getMetadata('imports', module) ?? []) as DynamicModule[];
  const feature = imports.find((each) => each.module === ModulithFeatureModule);
  const provider = feature?.providers?.find((each) => (each as { provide?: unknown }).provide === MODULE_NAME);
  if (!provider) throw new Error(`${module.name} imports no ModulithModule.forModule.`);
  return (provider as { useValue: string }).useValue;
}
