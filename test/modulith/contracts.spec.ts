import { type DynamicModule, Module, Scope, type Type } from '@nestjs/common';
import {
  CommandBus,
  CommandHandler,
  CqrsModule,
  EventBus,
  EventsHandler,
  type ICommandHandler,
  type IEventHandler,
  QueryBus,
  QueryHandler,
  Saga,
} from '@nestjs/cqrs';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import {
  bounded,
  Broadcast,
  Command,
  type Contract,
  defineContract,
  DomainError,
  durable,
  Event,
  Key,
  ModulithModule,
  Query,
} from '@aitbc/modulith';
import { RoutedCommandBus } from '@aitbc/modulith/bus/routed-buses.js';
import { ContractRegistry } from '@aitbc/modulith/contract/registry.js';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { EMPTY, type Observable } from 'rxjs';
import type { Repository } from 'typeorm';
import * as sample from './sample.js';

class Open extends Command<void> {}
class Look extends Query<number> {}
class Opened extends Event {
  @Key() door: string;
}
class Keyless extends Event {
  door: string;
}
@Broadcast()
class Rang extends Event {}
class Stuck extends DomainError {
  static override readonly code = 'doors.stuck';
}
class AlsoStuck extends DomainError {
  static override readonly code = 'doors.stuck';
}
class Burning extends DomainError {
  static override readonly code = 'roofs.burning';
}

describe('a contract', () => {
  it('when it names a class twice, is refused', () => {
    expect(() => defineContract('doors', { commands: [Open], queries: [Open] })).toThrow(
      'The contract of "doors" names Open twice.',
    );
  });

  it('when an event has no key, is refused, unless it is a broadcast', () => {
    expect(() => defineContract('doors', { events: [Keyless] })).toThrow('doors.Keyless needs a @Key() field');
    expect(() => defineContract('doors', { events: [Rang] })).not.toThrow();
  });

  it('when an error has the code of another module, or of another error, is refused', () => {
    expect(() => defineContract('doors', { errors: [Burning] })).toThrow('Burning of "doors" needs a code "doors.…".');
    expect(() => defineContract('doors', { errors: [Stuck, AlsoStuck] })).toThrow(
      'Two errors of "doors" have the code "doors.stuck".',
    );
  });

  it('when it subscribes a handler twice to one event, is refused', () => {
    const twice = [durable('Listen', Opened), bounded('Listen', Opened, { bound: 1 })];
    expect(() => defineContract('doors', { subscribes: twice })).toThrow('subscribes Listen to Opened twice');
  });

  it('when a bounded subscription has no room for an event, is refused', () => {
    expect(() => bounded('Listen', Opened, { bound: 0 })).toThrow('"Listen" needs a bound of at least 1, not 0.');
  });

  it('when its module’s name could not be part of a wire name, is refused', () => {
    expect(() => defineContract('Front.Doors', {})).toThrow('not "Front.Doors"');
  });
});

describe('contracts together', () => {
  const registryOf = (...contracts: Contract[]) => new ContractRegistry(contracts, 'secret');

  it('when two list one message, are refused by the names of both', () => {
    const doors = defineContract('doors', { commands: [Open] });
    const gates = defineContract('gates', { commands: [Open] });
    expect(() => registryOf(doors, gates)).toThrow(
      'Open is listed by "doors" and by "gates": a message has exactly one owner.',
    );
  });

  it('when two claim one module, are refused', () => {
    const doors = () => defineContract('doors', {});
    expect(() => registryOf(doors(), doors())).toThrow('Two contracts claim the module "doors".');
  });

  it('when one subscribes to an event of none, are refused', () => {
    const doors = defineContract('doors', { subscribes: [durable('Listen', Opened)] });
    expect(() => registryOf(doors)).toThrow('"doors" subscribes Listen to Opened, an event of no contract.');
  });
});

@CommandHandler(Open)
class OpenHandler implements ICommandHandler<Open> {
  async execute(): Promise<void> {}
}
@QueryHandler(Look)
class LookHandler {
  async execute(): Promise<number> {
    return 1;
  }
}
@EventsHandler(Opened)
class Listen implements IEventHandler<Opened> {
  handle(): void {}
}
@EventsHandler(Opened)
class ListenRenamed implements IEventHandler<Opened> {
  handle(): void {}
}

const doors = defineContract('doors', { commands: [Open], queries: [Look], events: [Opened] });

/** A Nest module of the given name and providers around a contract. */
function moduleOf(contract: Contract | undefined, providers: Type[], imports: (Type | DynamicModule)[] = []): Type {
  class Feature {}
  Module({ imports: [...(contract ? [ModulithModule.forModule(contract)] : []), ...imports], providers })(Feature);
  return Feature;
}

/** In one process, in every placement: what it refuses is what does not fit together there. */
const boot = (contracts: Contract[], modules: Type[], imports: Type[] = []) =>
  Scenario.start({ contracts, modules, imports, placement: 'monolith' });

describe('a boot', () => {
  it('when a handler is missing, stops and names every message without one', async () => {
    const start = boot([doors], [moduleOf(doors, [])]);
    await expect(start).rejects.toThrow('doors.Open has no handler in "doors".');
    await expect(start).rejects.toThrow('doors.Look has no handler in "doors".');
  });

  it('when a message has two handlers, stops', async () => {
    @CommandHandler(Open)
    class OpenAgain extends OpenHandler {}
    const start = boot([doors], [moduleOf(doors, [OpenHandler, LookHandler, OpenAgain])]);
    await expect(start).rejects.toThrow('doors.Open has two handlers; the second is OpenAgain.');
  });

  it('when a handler is in the module of another owner, or of none, stops', async () => {
    const gates = defineContract('gates', {});
    const inGates = boot([doors, gates], [moduleOf(doors, [LookHandler]), moduleOf(gates, [OpenHandler])]);
    await expect(inGates).rejects.toThrow('OpenHandler is in "gates" but doors.Open belongs to "doors".');
    const nowhere = boot([doors], [moduleOf(doors, [LookHandler])], [moduleOf(undefined, [OpenHandler])]);
    await expect(nowhere).rejects.toThrow('OpenHandler is in Feature, which imports no ModulithModule.forModule,');
  });

  it('when an event handler is in no contract’s subscriptions, stops', async () => {
    const start = boot([doors], [moduleOf(doors, [OpenHandler, LookHandler, Listen])]);
    await expect(start).rejects.toThrow(
      'Listen handles doors.Opened, but the contract of "doors" has no subscription "Listen" to it.',
    );
  });

  it('when an event handler’s class was renamed, stops: its name is what the inbox knows', async () => {
    const ears = defineContract('ears', { subscribes: [durable('Listen', Opened)] });
    const start = boot([doors, ears], [moduleOf(doors, [OpenHandler, LookHandler]), moduleOf(ears, [ListenRenamed])]);
    await expect(start).rejects.toThrow(
      '"ears" subscribes "Listen" to doors.Opened, and no event handler has that class name.',
    );
  });

  it('when two event handlers have one name, stops: the inbox could not tell them apart', async () => {
    const ears = defineContract('ears', { subscribes: [durable('Listen', Opened)] });
    const another = () => {
      @EventsHandler(Opened)
      class Listen implements IEventHandler<Opened> {
        handle(): void {}
      }
      return Listen;
    };
    const hosted = moduleOf(ears, [Listen, another()]);
    const start = boot([doors, ears], [moduleOf(doors, [OpenHandler, LookHandler]), hosted]);
    await expect(start).rejects.toThrow('"ears" has two event handlers called Listen for doors.Opened.');
  });

  it('when there is a @Saga, stops', async () => {
    class Journey {
      @Saga() go = (events: Observable<unknown>) => (events ? EMPTY : EMPTY);
    }
    const start = boot([doors], [moduleOf(doors, [OpenHandler, LookHandler, Journey])]);
    await expect(start).rejects.toThrow('Journey has a @Saga');
  });

  it('when a handler is request scoped, stops', async () => {
    @CommandHandler(Open, { scope: Scope.REQUEST })
    class OpenPerRequest extends OpenHandler {}
    const start = boot([doors], [moduleOf(doors, [OpenPerRequest, LookHandler])]);
    await expect(start).rejects.toThrow('OpenPerRequest is request scoped');
  });

  it('when a handler handles what no contract lists, stops', async () => {
    const start = boot([defineContract('doors', {})], [moduleOf(defineContract('doors', {}), [OpenHandler])]);
    await expect(start).rejects.toThrow('OpenHandler handles Open, which no contract lists.');
  });

  it('when a hosted module has no contract, stops', async () => {
    await expect(boot([], [moduleOf(doors, [])])).rejects.toThrow('The hosted module "doors" has no contract.');
  });

  it('when a feature module imports plain CqrsModule, its buses are the routed ones', async () => {
    class Sender {
      constructor(
        readonly commands: CommandBus,
        readonly queries: QueryBus,
      ) {}
    }
    // What @Injectable() and the compiler would say.
    Reflect.defineMetadata('design:paramtypes', [CommandBus, QueryBus], Sender);
    const feature = moduleOf(doors, [OpenHandler, LookHandler, Sender], [CqrsModule]);
    const app = await boot([doors], [feature]);
    try {
      const sender = app.get(Sender);
      expect(sender.commands).toBeInstanceOf(RoutedCommandBus);
      expect(sender.commands).toBe(app.get(CommandBus));
      expect(await sender.queries.execute(new Look())).toBe(1);
    } finally {
      await app.close();
    }
  });
});

describe('what a module may not do at run time', () => {
  class Trespass extends Command<void> {
    how: string;
  }
  class Peek extends Query<number> {}

  @CommandHandler(Trespass)
  class TrespassHandler implements ICommandHandler<Trespass> {
    constructor(
      @InjectRepository(sample.Order, 'shop') private readonly orders: Repository<sample.Order>,
      private readonly events: EventBus,
    ) {}

    async execute({ how }: Trespass): Promise<void> {
      if (how === 'repository') await this.orders.count();
      if (how === 'event') this.events.publish(sample.OrderPlaced.of({ ...order, id: 'foreign' }));
      if (how === 'no event') this.events.publish(sample.PlaceOrder.of({ id: 'foreign', count: 1 }));
    }
  }
  @QueryHandler(Peek)
  class PeekHandler {
    constructor(@InjectRepository(sample.Order, 'shop') private readonly orders: Repository<sample.Order>) {}
    execute(): Promise<number> {
      return this.orders.count();
    }
  }

  const order = { id: 'a', count: 1, total: 1, price: 1n, at: new Date(0) };
  const burglars = defineContract('burglars', { commands: [Trespass], queries: [Peek] });
  const logged: string[] = [];
  let app: Scenario;

  beforeAll(async () => {
    const burglarModule = moduleOf(
      burglars,
      [TrespassHandler, PeekHandler],
      [TypeOrmModule.forFeature([sample.Order], 'shop')],
    );
    app = await boot([sample.shopContract, sample.stockContract, burglars], [sample.ShopModule, burglarModule]);
    app.module.useLogger({
      log() {},
      warn() {},
      error: (message: string, stack: string) => logged.push(message, stack),
    });
  });
  beforeEach(() => void logged.splice(0));
  afterAll(() => app?.close());

  it('publish an event outside a unit of work', () => {
    expect(() => app.get(EventBus).publish(sample.OrderPlaced.of(order))).toThrow(
      'shop.OrderPlaced was published outside a command or event handler: use unitOfWork.run',
    );
  });

  it.each([
    [
      'use a repository of another module in a command',
      'repository',
      'A handler of "burglars" used a repository of "shop"',
    ],
    [
      'publish an event of another module',
      'event',
      '"burglars" may not publish shop.OrderPlaced: it belongs to "shop".',
    ],
    ['publish what is no event', 'no event', 'shop.PlaceOrder is a command: send it with its own bus.'],
  ])('%s', async (_name, how, message) => {
    await expect(app.execute(Object.assign(new Trespass(), { how }))).rejects.toMatchObject({ code: 'internal_error' });
    expect(logged.join('\n')).toContain(message);
    expect(app.published(sample.OrderPlaced)).toEqual([]);
  });

  it('use a repository of another module in a query', async () => {
    await expect(app.ask(new Peek())).rejects.toMatchObject({ code: 'internal_error' });
    expect(logged.join('\n')).toContain('A handler of "burglars" used a repository of "shop"');
  });

  it('publish an event without its key', () => {
    const keyless = Object.assign(new sample.OrderPlaced(), { count: 1 });
    expect(() => app.get(EventBus).publish(keyless)).toThrow('shop.OrderPlaced was published without its key "id".');
  });

  it('send a message that no contract lists', async () => {
    await expect(app.execute(new Open())).rejects.toThrow(
      'Open is in no contract: list it in its module’s.'.replace('’', "'"),
    );
  });
});
