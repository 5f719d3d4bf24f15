import { bounded, Broadcast, Command, defineContract, durable, Event, Key, Query } from '@aitbc/modulith';
import { temporarySqlite } from '@aitbc/modulith/testing/temporary-databases.js';
import { migrateModule, tablesOf } from '../schema/module-database.js';
import { drawModuleMap } from './draw-module-map.js';
import { loadContracts, loadDatabase, modulesWithDatabase } from './load-modules.js';
import { type ModuleMap, readModuleMap } from './module-map.js';
import { plantedTree } from './planted-tree.js';
import { repositoryTree, WHOLE_TREE_MS } from './source-tree.js';

async function tablesByModule(): Promise<ModuleMap['tables']> {
  const tables = new Map<string, string[]>();
  for (const module of modulesWithDatabase) {
    const database = temporarySqlite();
    try {
      await migrateModule(await loadDatabase(module), database.url);
      tables.set(module, await tablesOf(database.url));
    } finally {
      database.remove();
    }
  }
  return tables;
}

describe('the module map', () => {
  it(
    'is current',
    async () => {
      const map = readModuleMap(repositoryTree, await loadContracts(), await tablesByModule());
      await expect(
        drawModuleMap(map),
        'docs/module-map.md is not current: run npm run docs:module-map',
      ).toMatchFileSnapshot('../../docs/module-map.md');
    },
    WHOLE_TREE_MS,
  );
});

class Greet extends Command<void> {}
class CountGuests extends Query<number> {}
class Greeted extends Event {
  @Key() id: string;
}
@Broadcast()
class Waved extends Event {}

const CONTRACT_SOURCE = `
  class Message { static of(): Message { return new Message(); } }
  export class Greet extends Message { static override of(): Greet { return new Greet(); } readonly greet = true; }
  export class CountGuests extends Message { readonly count = true; }
  export class Greeted {} export class Waved {}`;
const HEAD = `
  import { CountGuests, Greet, Waved } from '../door/contract/index.js';
  class CommandBus { execute(_: object): void {} } class QueryBus { execute(_: object): void {} }
  declare const commands: CommandBus; declare const queries: QueryBus;`;

const door = defineContract('door', { commands: [Greet], queries: [CountGuests], events: [Greeted, Waved] });

function mapOf(text: string, hall = defineContract('hall', {}), path = 'src/hall/visit.ts') {
  const tree = plantedTree({
    'src/door/contract/index.ts': CONTRACT_SOURCE,
    'src/hall/contract/index.ts': '',
    [path]: HEAD.replaceAll("'../door", path.includes('/http/') ? "'../../door" : "'../door") + text,
  });
  return readModuleMap(tree, [door, hall], new Map([['door', ['door_guests', 'door_outbox']]]));
}

describe('the map changes', () => {
  it('not when nothing does', () => {
    expect(drawModuleMap(mapOf(''))).toBe(drawModuleMap(mapOf('')));
  });

  it('when a module sends another command', () => {
    const map = mapOf('commands.execute(Greet.of());');
    expect(map.routes).toEqual([{ from: 'hall', to: 'door', isHttp: false, kind: 'command', message: 'Greet' }]);
    expect(drawModuleMap(map)).toContain('hall ==>|"Greet"| door');
    expect(drawModuleMap(map)).not.toBe(drawModuleMap(mapOf('')));
  });

  it('when a module asks something that came in as a parameter', () => {
    const map = mapOf('export const ask = (query: CountGuests) => queries.execute(query);');
    expect(drawModuleMap(map)).toContain('hall -->|"CountGuests"| door');
  });

  it('when a module asks one of several things', () => {
    const map = mapOf('for (const each of [CountGuests.of()] as object[]) queries.execute(each);');
    expect(map.routes.map((each) => each.message)).toEqual(['CountGuests']);
  });

  it('when a controller sends another command', () => {
    const map = mapOf('commands.execute(Greet.of());', undefined, 'src/hall/http/greetings.controller.ts');
    expect(drawModuleMap(map)).toContain('| hall | door | Greet |  |');
    expect(drawModuleMap(map)).not.toContain('==>|"Greet"|');
  });

  it('when a module listens to another event, or listens less', () => {
    const keen = mapOf('', defineContract('hall', { subscribes: [durable('Note', Greeted)] }));
    const lax = mapOf('', defineContract('hall', { subscribes: [bounded('Note', Greeted, { bound: 7 })] }));
    expect(drawModuleMap(keen)).toContain('door -->|"Greeted"| hall');
    expect(drawModuleMap(lax)).toContain('door -.->|"Greeted"| hall');
    expect(drawModuleMap(lax)).toContain('| door.Greeted | hall | Note | bounded (7) |');
    expect(keen.unheard).toEqual(['door.Waved']);
  });

  it('when a module hears another broadcast', () => {
    const map = mapOf('@EventsHandler(Waved) export class Look {}');
    expect(drawModuleMap(map)).toContain('door ==>|"Waved"| hall');
  });

  it('when a module gets another table', () => {
    const { tables, ...rest } = mapOf('');
    const more = { ...rest, tables: new Map([...tables, ['hall', ['hall_chairs']]]) };
    expect(drawModuleMap({ ...rest, tables })).toContain('| door | `DOOR_DATABASE_URL` | door_guests | door_outbox |');
    expect(drawModuleMap(more)).toContain('hall_chairs[(hall_chairs)]');
  });

  it('never silently: what cannot be seen is refused', () => {
    expect(() => mapOf('export const send = (message: object) => commands.execute(message);')).toThrow(
      /^src\/hall\/visit\.ts:\d+: what is sent here cannot be seen/,
    );
  });
});
