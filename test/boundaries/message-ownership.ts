import { type Contract, Command, DomainError, Event, Query, View } from '@aitbc/modulith';
import { ContractRegistry } from '@aitbc/modulith/contract/registry.js';
import { isBroadcast } from '@aitbc/modulith/contract/message.js';

type AnyClass = abstract new (...args: never[]) => object;

const KINDS = [
  ['commands', Command],
  ['queries', Query],
  ['events', Event],
  ['views', View],
] as const;

/** Boundary 5 for the contracts of a system: one owner for each message, and subscriptions that can be kept. */
export function contractViolations(contracts: readonly Contract[]): string[] {
  try {
    new ContractRegistry(contracts, 'boundaries');
  } catch (error) {
    return [(error as Error).message];
  }
  return contracts.flatMap((contract) => [...kindViolations(contract), ...subscriptionViolations(contract)]);
}

function kindViolations(contract: Contract): string[] {
  return KINDS.flatMap(([list, kind]) =>
    contract[list]
      .filter((type) => !isKindOf(type, kind))
      .map((type) => `${contract.module} lists ${type.name} among its ${list}, but it is no ${kind.name}`),
  );
}

/** `defineContract` itself refuses a subscription that is there twice, and a bound of nothing. */
function subscriptionViolations({ module, subscribes }: Contract): string[] {
  return subscribes.flatMap(({ handler, event, mode }) => {
    const name = `${module}.${handler} on ${event.name}`;
    if (!['durable', 'bounded', 'broadcast'].includes(mode)) return [`${name} is "${mode}"`];
    if ((mode === 'broadcast') === isBroadcast(event)) return [];
    return [`${name} is ${mode}, but the event is ${isBroadcast(event) ? 'a broadcast' : 'no broadcast'}`];
  });
}

/** Messages, views and errors that a contract's files export, but that its contract does not list: nobody owns them. */
export function ownerlessExports(contract: Contract, exported: ReadonlySet<unknown>): string[] {
  const listed = new Set<unknown>([...KINDS.flatMap(([list]) => contract[list]), ...contract.errors]);
  return (
    [...exported]
      .filter((each): each is AnyClass => typeof each === 'function' && !listed.has(each))
      .filter((type) => [...KINDS.map(([, kind]) => kind), DomainError].some((kind) => isKindOf(type, kind)))
      // What a listed class extends does not travel by itself.
      .filter((type) => ![...listed].some((each) => isKindOf(each as AnyClass, type)))
      .map((type) => `${contract.module} exports ${type.name}, but its contract does not list it`)
  );
}

function isKindOf(type: AnyClass, kind: AnyClass): boolean {
  return type.prototype instanceof kind;
}
