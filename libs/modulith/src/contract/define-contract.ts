import { type DomainErrorClass, ModulithError } from './errors.js';
import { type Class, isBroadcast, keyFieldOf } from './message.js';

/** A module's subscription to an event. */
export interface Subscription {
  /** The class name of the event handler. Durable: the inbox stores it. */
  readonly handler: string;
  readonly event: Class;
  readonly mode: 'durable' | 'bounded' | 'broadcast';
  /** For bounded subscriptions: the queue size beyond which the oldest events are dropped. */
  readonly bound?: number;
}

/** Delivered at least once and applied exactly once, in order per key, with unlimited retries. */
export function durable(handler: string, event: Class): Subscription {
  return { handler, event, mode: isBroadcast(event) ? 'broadcast' : 'durable' };
}

/** Best effort: beyond `bound` queued events, the oldest are dropped and counted. */
export function bounded(handler: string, event: Class, options: { bound: number }): Subscription {
  if (!(options.bound >= 1)) {
    throw new ModulithError('invalid_contract', `"${handler}" needs a bound of at least 1, not ${options.bound}.`);
  }
  return { handler, event, mode: isBroadcast(event) ? 'broadcast' : 'bounded', bound: options.bound };
}

export interface ContractDefinition {
  readonly commands?: readonly Class[];
  readonly queries?: readonly Class[];
  readonly events?: readonly Class[];
  readonly views?: readonly Class[];
  readonly errors?: readonly DomainErrorClass[];
  readonly subscribes?: readonly Subscription[];
}

/** The public surface of a module: all that other modules may know about it. */
export interface Contract extends Required<ContractDefinition> {
  readonly module: string;
}

/**
 * Declares a module's public surface.
 * @throws ModulithError when a name is used twice, an event has no key, or an error has no code of this module.
 */
export function defineContract(module: string, definition: ContractDefinition): Contract {
  const contract: Contract = {
    module,
    commands: definition.commands ?? [],
    queries: definition.queries ?? [],
    events: definition.events ?? [],
    views: definition.views ?? [],
    errors: definition.errors ?? [],
    subscribes: definition.subscribes ?? [],
  };
  if (!/^[a-z][a-z0-9_]*$/.test(module)) {
    throw new ModulithError('invalid_contract', `A module is named in lower case, not "${module}".`);
  }
  const names = new Set<string>();
  for (const type of [...contract.commands, ...contract.queries, ...contract.events, ...contract.views]) {
    if (names.has(type.name)) {
      throw new ModulithError('invalid_contract', `The contract of "${module}" names ${type.name} twice.`);
    }
    names.add(type.name);
  }
  for (const event of contract.events) {
    if (!isBroadcast(event) && !keyFieldOf(event)) {
      throw new ModulithError('invalid_contract', `${module}.${event.name} needs a @Key() field, or @Broadcast().`);
    }
  }
  const codes = new Set<string>();
  for (const error of contract.errors) {
    if (codes.has(error.code)) {
      throw new ModulithError('invalid_contract', `Two errors of "${module}" have the code "${error.code}".`);
    }
    codes.add(error.code);
    if (!error.code.startsWith(`${module}.`)) {
      throw new ModulithError('invalid_contract', `${error.name} of "${module}" needs a code "${module}.…".`);
    }
  }
  const subscriptions = new Set<string>();
  for (const { handler, event } of contract.subscribes) {
    const name = `${handler} to ${event.name}`;
    if (subscriptions.has(name)) {
      throw new ModulithError('invalid_contract', `The contract of "${module}" subscribes ${name} twice.`);
    }
    subscriptions.add(name);
  }
  return contract;
}
