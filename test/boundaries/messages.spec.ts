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
  Query,
  View,
} from '@aitbc/modulith';
import { foreignUses, handlersIn, handlerViolations } from './handlers.js';
import { loadContractExports, loadContracts } from './load-modules.js';
import { contractViolations, ownerlessExports } from './message-ownership.js';
import { plantedTree } from './planted-tree.js';
import { repositoryTree, WHOLE_TREE_MS } from './source-tree.js';

class Greet extends Command<void> {}
class Ask extends Query<string> {}
class Answer extends View {}
class Greeted extends Event {
  @Key() id: string;
}
class Farewell extends Event {
  @Key() id: string;
}
@Broadcast()
class Waved extends Event {}
class Rude extends DomainError {
  static override readonly code = 'door.rude';
  static override readonly kind = 'conflict';
}

describe('messages', () => {
  it(
    'of this repository have one owner each, and subscriptions that can be kept',
    async () => {
      expect(contractViolations(await loadContracts())).toEqual([]);
    },
    WHOLE_TREE_MS,
  );

  it(
    'of this repository are all in their module’s contract',
    async () => {
      const contracts = await loadContracts();
      const ownerless = contracts.map(async (each) => ownerlessExports(each, await loadContractExports(each.module)));
      expect((await Promise.all(ownerless)).flat()).toEqual([]);
    },
    WHOLE_TREE_MS,
  );

  it(
    'of this repository are handled by their owners and by those who subscribed',
    async () => {
      const handlers = handlersIn(repositoryTree);
      expect(handlers.length).toBeGreaterThan(0);
      expect(handlerViolations(handlers, await loadContracts())).toEqual([]);
    },
    WHOLE_TREE_MS,
  );

  it('of other modules are in a contract of this repository to be subscribed to only', () => {
    expect(foreignUses(repositoryTree)).toEqual([]);
  });

  it('that one contract lists and another subscribes to are let through', () => {
    const door = defineContract('door', {
      commands: [Greet],
      queries: [Ask],
      events: [Greeted, Waved],
      views: [Answer],
    });
    const hall = defineContract('hall', {
      subscribes: [durable('Note', Greeted), bounded('Count', Greeted, { bound: 10 }), durable('Look', Waved)],
    });
    expect(contractViolations([door, hall])).toEqual([]);
  });
});

describe('a planted contract is refused', () => {
  const door = defineContract('door', { commands: [Greet], events: [Greeted, Waved] });
  const subscribing = (...subscribes: Contract['subscribes'][number][]) =>
    contractViolations([door, defineContract('hall', { subscribes })]);

  it('when two modules own a message', () => {
    const violations = contractViolations([door, defineContract('hall', { commands: [Greet] })]);
    expect(violations).toEqual([expect.stringMatching(/Greet is listed by "door" and by "hall"/)]);
  });

  it('when two contracts claim a module', () => {
    expect(contractViolations([door, door])).toEqual([expect.stringContaining('claim the module "door"')]);
  });

  it('when it subscribes to an event that nobody owns', () => {
    class Unheard extends Event {
      @Key() id: string;
    }
    expect(subscribing(durable('Note', Unheard))).toEqual([expect.stringContaining('an event of no contract')]);
  });

  it('when it subscribes to a command', () => {
    expect(subscribing(durable('Note', Greet))).toEqual([expect.stringContaining('an event of no contract')]);
  });

  it('when it lists a command among the queries', () => {
    expect(contractViolations([defineContract('hall', { queries: [Greet] })])).toEqual([
      'hall lists Greet among its queries, but it is no Query',
    ]);
  });

  it('when a subscription is of no known mode', () => {
    const sometimes = { handler: 'Note', event: Greeted, mode: 'sometimes' as 'durable' };
    expect(subscribing(sometimes)).toEqual(['hall.Note on Greeted is "sometimes"']);
  });

  it('when a broadcast is to be kept', () => {
    const kept = { handler: 'Look', event: Waved, mode: 'durable' } as const;
    expect(subscribing(kept)).toEqual(['hall.Look on Waved is durable, but the event is a broadcast']);
  });

  it('when a subscription is bounded by nothing', () => {
    expect(() => subscribing(bounded('Note', Greeted, { bound: 0 }))).toThrow(/bound/);
  });

  it('when the same subscription is there twice', () => {
    expect(() => subscribing(durable('Note', Greeted), durable('Note', Greeted))).toThrow(/twice/);
  });

  it.each([Ask, Answer, Rude])('when it leaves out %o, which its files export', (type) => {
    expect(ownerlessExports(door, new Set<unknown>([Greet, type]))).toEqual([
      `door exports ${type.name}, but its contract does not list it`,
    ]);
  });
});

describe('a planted use of another contract is refused', () => {
  const usesIn = (text: string) =>
    foreignUses(
      plantedTree({
        'src/door/contract/events.ts': '',
        'src/hall/contract/index.ts': `import { Greeted } from '../../door/contract/events.js';\n${text}`,
      }),
    );

  it('unless it is a subscription', () => {
    expect(usesIn(`export const hall = defineContract('hall', { subscribes: [durable('Note', Greeted)] });`)).toEqual(
      [],
    );
  });

  it.each([
    ['lists it as its own', `export const hall = defineContract('hall', { events: [Greeted] });`],
    ['extends it', 'export class GreetedLoudly extends Greeted {}'],
    ['exports it again', 'export { Greeted };'],
    ['passes it on', `export { Greeted } from '../../door/contract/events.js';`],
  ])('when it %s', (_, text) => {
    expect(usesIn(text)).toEqual([expect.stringContaining('src/hall/contract/index.ts:2: ')]);
  });
});

describe('a planted handler is refused', () => {
  const door = defineContract('door', { commands: [Greet], events: [Greeted, Farewell, Waved] });
  const hall = defineContract('hall', { subscribes: [durable('Note', Greeted)] });
  const violationsIn = (text: string) => {
    const tree = plantedTree({
      'src/door/contract/index.ts': '',
      'src/hall/contract/index.ts': '',
      'src/hall/note.ts': `import { Farewell, Greet, Greeted, Waved } from '../door/contract/index.js';\n${text}`,
    });
    return handlerViolations(handlersIn(tree), [door, hall]);
  };

  it('only when it is planted', () => {
    expect(violationsIn('@EventsHandler(Greeted) export class Note {}')).toEqual([]);
    expect(violationsIn('@EventsHandler(Waved) export class Look {}')).toEqual([]);
  });

  it('when it answers another module’s command', () => {
    expect(violationsIn('@CommandHandler(Greet) export class GreetHandler {}')).toEqual([
      'src/hall/note.ts:2: GreetHandler answers Greet, which is not in the contract of "hall"',
    ]);
  });

  it('when it listens to what its contract does not subscribe to', () => {
    expect(violationsIn('@EventsHandler(Greeted, Farewell) export class Note {}')).toEqual([
      'src/hall/note.ts:2: the contract of "hall" does not subscribe Note to Farewell',
    ]);
  });

  it('when it has another name than its contract gives it', () => {
    expect(violationsIn('@EventsHandler(Greeted) export class Notice {}')).toEqual([
      'src/hall/note.ts:2: the contract of "hall" does not subscribe Notice to Greeted',
    ]);
  });
});
