import {
  type DynamicModule,
  Logger,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { CommandBus, CqrsModule, EventBus, EventPublisher, QueryBus, UnhandledExceptionBus } from '@nestjs/cqrs';
import { getDataSourceToken, getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Dispatcher } from './bus/dispatcher.js';
import { RoutedCommandBus, RoutedEventBus, RoutedQueryBus } from './bus/routed-buses.js';
import type { Contract } from './contract/define-contract.js';
import { ModulithError } from './contract/errors.js';
import { DelayedEvents } from './outbox/delayed-events.js';
import { DeadLetters } from './outbox/dead-letters.js';
import { LocalDeadLetters } from './outbox/local-dead-letters.js';
import { withKernelTables } from './outbox/kernel-tables.js';
import { OutboxReports } from './outbox/outbox-reports.js';
import { Periodic } from './outbox/periodic.js';
import { HandlerExplorer } from './placement/explorer.js';
import { InboxPruning } from './outbox/inbox-pruning.js';
import { BreakerControl } from './placement/breaker-control.js';
import { Canary } from './placement/canary.js';
import { Distribution } from './placement/distribution.js';
import { ModuleReports } from './placement/module-reports.js';
import { Incoming } from './placement/incoming.js';
import { MODULITH_OPTIONS, type ModulithOptions } from './placement/options.js';
import { Processes } from './placement/processes.js';
import { type HostedModule, Runtime } from './placement/runtime.js';
import { MODULE_NAME } from './placement/tokens.js';
import { migrate } from './unit-of-work/migrate.js';
import {
  type DatabaseDefinition,
  dataSourceOptions,
  ModuleDataSource,
  type PostgresLimits,
} from './unit-of-work/module-data-source.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';

const HOSTED_MODULE = Symbol('HostedModule');
/** More would only wait for each other: conflicting transactions are retried. */
const MOST_CONNECTIONS = 12;

/** The Nest module that `forModule` builds: the kernel's providers for one module of the system. */
@Module({})
export class ModulithFeatureModule {}

/**
 * Implements the standard `@nestjs/cqrs` buses. Import `ModulithModule.forRoot` once in the application, and
 * `ModulithModule.forModule` once in each module of the system, with its contract and its database.
 */
@Module({})
export class ModulithModule
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly logger = new Logger('Modulith');

  constructor(
    private readonly explorer: HandlerExplorer,
    private readonly runtime: Runtime,
    private readonly distribution: Distribution,
    private readonly incoming: Incoming,
  ) {}

  static forRoot(options: ModulithOptions): DynamicModule {
    neutraliseCqrsModule();
    const buses = [
      { provide: CommandBus, useClass: RoutedCommandBus },
      { provide: QueryBus, useClass: RoutedQueryBus },
      { provide: EventBus, useClass: RoutedEventBus },
    ];
    return {
      module: ModulithModule,
      global: true,
      providers: [
        { provide: MODULITH_OPTIONS, useValue: options },
        Distribution,
        Runtime,
        Dispatcher,
        Incoming,
        Processes,
        Canary,
        HandlerExplorer,
        LocalDeadLetters,
        DeadLetters,
        OutboxReports,
        BreakerControl,
        ModuleReports,
        UnhandledExceptionBus,
        EventPublisher,
        ...buses,
      ],
      exports: [
        MODULITH_OPTIONS,
        CommandBus,
        QueryBus,
        EventBus,
        EventPublisher,
        UnhandledExceptionBus,
        Runtime,
        Processes,
        LocalDeadLetters,
        DeadLetters,
        OutboxReports,
        BreakerControl,
        ModuleReports,
        Distribution,
      ],
    };
  }

  /** Provides a module's contract, repositories, `UnitOfWork` and `Periodic`. */
  static forModule(contract: Contract, database?: DatabaseDefinition): DynamicModule {
    const name = contract.module;
    if (!database) {
      return {
        module: ModulithFeatureModule,
        providers: [
          { provide: MODULE_NAME, useValue: name },
          {
            provide: HOSTED_MODULE,
            useFactory: (runtime: Runtime) => runtime.addModule(name, undefined),
            inject: [Runtime],
          },
        ],
      };
    }
    if (database.module !== name) {
      throw new ModulithError(
        'foreign_data',
        `The database of "${database.module}" was given to the module "${name}".`,
      );
    }
    const complete = withKernelTables(database);
    // Modules inject their repositories without naming a data source.
    const repositories = database.entities.map((entity) => ({
      provide: getRepositoryToken(entity),
      useExisting: getRepositoryToken(entity, name),
    }));
    return {
      module: ModulithFeatureModule,
      imports: [
        TypeOrmModule.forRootAsync({
          name,
          inject: [MODULITH_OPTIONS],
          useFactory: (options: ModulithOptions) => ({
            ...dataSourceOptions(complete, options.databaseUrl(name), limitsOf(options)),
            // Report the first failure; whatever starts the process decides about retries.
            retryAttempts: 0,
          }),
          dataSourceFactory: (options) => openModuleDataSource(name, options!),
        }),
        TypeOrmModule.forFeature([...database.entities], name),
      ],
      providers: [
        ...repositories,
        { provide: MODULE_NAME, useValue: name },
        {
          provide: HOSTED_MODULE,
          inject: [Runtime, getDataSourceToken(name)],
          useFactory: (runtime: Runtime, dataSource: ModuleDataSource) => runtime.addModule(name, dataSource),
        },
        {
          provide: UnitOfWork,
          inject: [HOSTED_MODULE],
          useFactory: ({ database }: HostedModule) => new UnitOfWork(database),
        },
        { provide: Periodic, inject: [HOSTED_MODULE], useFactory: ({ periodic }: HostedModule) => periodic },
        {
          provide: DelayedEvents,
          inject: [LocalDeadLetters, Periodic],
          useFactory: (letters: LocalDeadLetters, periodic: Periodic) => new DelayedEvents(name, letters, periodic),
        },
        {
          provide: InboxPruning,
          inject: [HOSTED_MODULE],
          useFactory: ({ database, periodic }: HostedModule) => new InboxPruning(database, periodic),
        },
      ],
      exports: [TypeOrmModule, ...database.entities.map((entity) => getRepositoryToken(entity)), UnitOfWork, Periodic],
    };
  }

  async onModuleInit(): Promise<void> {
    this.explorer.explore();
    for (const line of describePlacement(this.runtime)) this.logger.log(line);
    this.incoming.register();
    await this.distribution.connect();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.runtime.start();
    await this.distribution.serve();
  }

  /** Runs first, so that other processes stop routing requests here. */
  async onModuleDestroy(): Promise<void> {
    await this.distribution.leave();
  }

  /** Runs while this process still answers HTTP and its databases are open. */
  async beforeApplicationShutdown(): Promise<void> {
    // Stop the runtime at once: an event that waits for its next attempt must not delay the drain.
    await Promise.all([this.distribution.drain(), this.runtime.stop()]);
  }

  /** Runs after the last HTTP request, which may still have called other processes. */
  async onApplicationShutdown(): Promise<void> {
    await this.distribution.disconnect();
  }
}

/** Divides the process's connection limit evenly among the modules. */
function limitsOf({ postgres, hosted }: ModulithOptions): PostgresLimits {
  const share = postgres?.connections && Math.trunc(postgres.connections / hosted.length);
  return { connections: share && Math.min(share, MOST_CONNECTIONS), statementMs: postgres?.statementMs };
}

async function openModuleDataSource(module: string, options: ConstructorParameters<typeof DataSource>[0]) {
  const dataSource = await new ModuleDataSource(module, options).initialize();
  await migrate(dataSource);
  return dataSource;
}

function describePlacement({ options, registry }: Runtime): string[] {
  const hosted = options.hosted.map((name) => {
    const contract = registry.contractOf(name)!;
    const listens = contract.subscribes.map(
      (each) => `${registry.messageOfClass(each.event)?.wireName} (${each.mode})`,
    );
    return `${name}: ${contract.commands.length} commands, ${contract.queries.length} queries; listens to ${listens.join(', ') || 'nothing'}`;
  });
  return [`hosts ${options.hosted.join(', ') || 'no module'}`, ...hosted];
}

/** Prevents a feature module that imports plain CqrsModule from getting buses of its own, next to the routed ones. */
function neutraliseCqrsModule(): void {
  Reflect.defineMetadata('providers', [], CqrsModule);
  Reflect.defineMetadata('exports', [], CqrsModule);
  Reflect.defineMetadata('design:paramtypes', [], CqrsModule);
  CqrsModule.prototype.onApplicationBootstrap = () => undefined;
}
