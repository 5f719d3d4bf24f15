import type { Contract } from '@aitbc/modulith';
import { isBroadcast } from '@aitbc/modulith/contract/message.js';
import { busCallsIn } from './bus-calls.js';
import { handlersIn } from './handlers.js';
import type { SourceTree } from './source-tree.js';

/** Messages of one kind that go from one module to another. */
export interface Route {
  readonly from: string;
  readonly to: string;
  readonly isHttp: boolean;
  readonly kind: 'command' | 'query';
  readonly message: string;
}

export interface Listening {
  readonly owner: string;
  readonly event: string;
  readonly listener: string;
  readonly handler: string;
  /** `durable`, `bounded (1000)` or `broadcast`. */
  readonly mode: string;
}

/** How the modules of a system hang together. */
export interface ModuleMap {
  readonly modules: readonly string[];
  readonly routes: readonly Route[];
  readonly listening: readonly Listening[];
  /** Events that no module listens to, as `owner.Event`. */
  readonly unheard: readonly string[];
  /** The tables of each module that stores something, in its own database. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the map from contracts, bus calls and handlers.
 * @throws Error when a bus call does not tell what it sends: a map with holes is none.
 */
export function readModuleMap(
  tree: SourceTree,
  contracts: readonly Contract[],
  tables: ModuleMap['tables'],
): ModuleMap {
  const listening = [...listeningOf(contracts), ...broadcastsHeard(tree, contracts)];
  const heard = new Set(listening.map((each) => `${each.owner}.${each.event}`));
  return {
    modules: contracts.map((each) => each.module).toSorted(),
    routes: sorted(routesIn(tree, contracts)),
    listening: sorted(listening),
    unheard: contracts
      .flatMap(({ module, events }) => events.map((each) => `${module}.${each.name}`))
      .filter((each) => !heard.has(each))
      .toSorted(),
    tables,
  };
}

function routesIn(tree: SourceTree, contracts: readonly Contract[]): Route[] {
  return busCallsIn(tree).flatMap(({ from, isHttp, bus, messages, place }) => {
    const kind = bus === 'CommandBus' ? 'command' : 'query';
    const list = kind === 'command' ? 'commands' : 'queries';
    const sent = messages.filter(({ owner, name }) =>
      contracts.some((each) => each.module === owner && each[list].some((type) => type.name === name)),
    );
    if (sent.length === 0)
      throw new Error(`${place}: what is sent here cannot be seen: make it with X.of(…) in this file.`);
    return sent.map(({ owner, name }): Route => ({ from, to: owner, isHttp, kind, message: name }));
  });
}

function listeningOf(contracts: readonly Contract[]): Listening[] {
  return contracts.flatMap(({ module, subscribes }) =>
    subscribes.map(({ event, handler, mode, bound }) => ({
      owner: contracts.find((each) => each.events.includes(event))?.module ?? '?',
      event: event.name,
      listener: module,
      handler,
      mode: mode === 'bounded' ? `bounded (${bound})` : mode,
    })),
  );
}

/** Broadcasts need no subscription: whoever has a handler hears them. */
function broadcastsHeard(tree: SourceTree, contracts: readonly Contract[]): Listening[] {
  return handlersIn(tree).flatMap(({ module, name, message, owner }) => {
    const event = contracts.find((each) => each.module === owner)?.events.find((each) => each.name === message);
    if (!owner || !event || !isBroadcast(event)) return [];
    return [{ owner, event: message, listener: module, handler: name, mode: 'broadcast' }];
  });
}

/** In a fixed order, each once. */
function sorted<T>(all: readonly T[]): T[] {
  const byText = new Map(all.map((each) => [JSON.stringify(Object.values(each as object)), each]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
