import { Injectable, type Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import type { Module } from '@nestjs/core/injector/module.js';
import { Dispatcher, type MessageHandler } from '../bus/dispatcher.js';
import { ModulithError } from '../contract/errors.js';
import type { MessageType, ModuleSubscription } from '../contract/registry.js';
import type { EventHandler } from '../outbox/consumer.js';
import { MODULE_NAME } from './tokens.js';
import { Runtime } from './runtime.js';

// @nestjs/cqrs does not export the names of its metadata keys.
const COMMAND_HANDLER = '__commandHandler__';
const QUERY_HANDLER = '__queryHandler__';
const EVENTS_HANDLER = '__eventsHandler__';
const SAGA = '__saga__';

/** Discovers the handlers at boot, binds them to the contracts, and rejects mismatches. */
@Injectable()
export class HandlerExplorer {
  private readonly problems: string[] = [];

  constructor(
    private readonly modules: ModulesContainer,
    private readonly runtime: Runtime,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** @throws ModulithError listing all missing handlers, ambiguous owners and unlisted subscriptions. */
  explore(): void {
    const subscribed = new Set<string>();
    for (const nestModule of this.modules.values()) {
      for (const wrapper of nestModule.providers.values()) this.bind(wrapper, nestModule, subscribed);
    }
    this.findMissing(subscribed);
    if (this.problems.length > 0) {
      throw new ModulithError('boot_refused', `The modules do not fit together:\n- ${this.problems.join('\n- ')}`);
    }
  }

  private bind(wrapper: InstanceWrapper, nestModule: Module, subscribed: Set<string>): void {
    const type = (wrapper.instance as object | undefined)?.constructor ?? wrapper.metatype;
    if (!type) return;
    const command = Reflect.getMetadata(COMMAND_HANDLER, type) as Type | undefined;
    const query = Reflect.getMetadata(QUERY_HANDLER, type) as Type | undefined;
    const events = Reflect.getMetadata(EVENTS_HANDLER, type) as Type[] | undefined;
    if (Reflect.getMetadata(SAGA, type)) {
      this.problems.push(
        `${type.name} has a @Saga: an in-memory stream that loses events; use an entity and event handlers.`,
      );
    }
    if (!command && !query && !events) return;
    if (!wrapper.isDependencyTreeStatic()) {
      this.problems.push(`${type.name} is request scoped; handlers read the message context instead.`);
      return;
    }
    if (command) this.bindRequest(type.name, command, wrapper, nestModule);
    if (query) this.bindRequest(type.name, query, wrapper, nestModule);
    for (const event of events ?? []) this.bindEvent(type.name, event, wrapper, nestModule, subscribed);
  }

  private bindRequest(handler: string, message: Type, wrapper: InstanceWrapper, nestModule: Module): void {
    const type = this.runtime.registry.messageOfClass(message);
    const owner = ownerOf(nestModule);
    if (!type) this.problems.push(`${handler} handles ${message.name}, which no contract lists.`);
    else if (owner !== type.owner) {
      this.problems.push(
        `${handler} is in ${describeOwner(owner, nestModule)} but ${type.wireName} belongs to "${type.owner}".`,
      );
    } else if (this.dispatcher.handles(type))
      this.problems.push(`${type.wireName} has two handlers; the second is ${handler}.`);
    else this.dispatcher.register(type, wrapper.instance as MessageHandler);
  }

  private bindEvent(
    handler: string,
    event: Type,
    wrapper: InstanceWrapper,
    nestModule: Module,
    subscribed: Set<string>,
  ): void {
    const type = this.runtime.registry.messageOfClass(event);
    const owner = ownerOf(nestModule);
    const instance = wrapper.instance as EventHandler;
    if (!type) {
      this.problems.push(`${handler} handles ${event.name}, which no contract lists.`);
      return;
    }
    if (type.kind === 'broadcast') return this.runtime.addBroadcastHandler(type, instance);
    const subscription = this.runtime.registry
      .subscribersOf(type)
      .find((each) => each.module === owner && each.handler === handler);
    if (!owner || !subscription) {
      this.problems.push(
        `${handler} handles ${type.wireName}, but the contract of ${describeOwner(owner, nestModule)} has no subscription "${handler}" to it.`,
      );
      return;
    }
    const name = subscriptionName(subscription, type);
    if (subscribed.has(name))
      this.problems.push(`"${owner}" has two event handlers called ${handler} for ${type.wireName}.`);
    subscribed.add(name);
    this.runtime.addEventHandler(subscription, instance);
  }

  private findMissing(subscribed: Set<string>): void {
    for (const type of this.runtime.registry.messageTypes()) {
      if (
        (type.kind === 'command' || type.kind === 'query') &&
        this.runtime.hosts(type.owner) &&
        !this.dispatcher.handles(type)
      ) {
        this.problems.push(`${type.wireName} has no handler in "${type.owner}".`);
      }
      for (const subscription of this.runtime.registry.subscribersOf(type)) {
        if (subscription.mode === 'broadcast' || !this.runtime.hosts(subscription.module)) continue;
        if (!subscribed.has(subscriptionName(subscription, type))) {
          this.problems.push(
            `"${subscription.module}" subscribes "${subscription.handler}" to ${type.wireName}, and no event handler has that class name.`,
          );
        }
      }
    }
    for (const module of this.runtime.options.hosted) {
      if (!this.runtime.registry.contractOf(module))
        this.problems.push(`The hosted module "${module}" has no contract.`);
    }
  }
}

/** The module that a Nest module belongs to: the one whose contract and database it imports. */
function ownerOf(nestModule: Module): string | undefined {
  for (const imported of nestModule.imports) {
    const found = imported.providers.get(MODULE_NAME)?.instance as string | undefined;
    if (found) return found;
  }
  return undefined;
}

const describeOwner = (owner: string | undefined, nestModule: Module) =>
  owner ? `"${owner}"` : `${nestModule.name}, which imports no ModulithModule.forModule,`;

const subscriptionName = (subscription: ModuleSubscription, type: MessageType) =>
  `${subscription.module}/${subscription.handler}/${type.wireName}`;
