import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  CommandBus,
  EventBus,
  type ICommand,
  type IEvent,
  type IQuery,
  QueryBus,
  UnhandledExceptionBus,
} from '@nestjs/cqrs';
import { currentContext, currentTraceparent, metadataForSend } from '../context/message-context.js';
import { ModulithError } from '../contract/errors.js';
import { assertMayTravel } from '../contract/message-size.js';
import { Runtime } from '../placement/runtime.js';
import { toPublication } from '../outbox/publication.js';
import type { PendingEvent } from '../context/scope.js';
import type { MessageType } from '../contract/registry.js';
import { Dispatcher } from './dispatcher.js';

/** The standard CommandBus; the dispatcher decides where the handler runs. */
@Injectable()
export class RoutedCommandBus extends CommandBus {
  constructor(
    moduleRef: ModuleRef,
    // Explicit, because the parent class's parameter metadata would otherwise apply to this position.
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
  ) {
    super(moduleRef);
  }

  override execute<T extends ICommand, R = unknown>(command: T): Promise<R> {
    return this.dispatcher.send(command) as Promise<R>;
  }

  /** The kernel registers the handlers itself, from the contracts. */
  override register(): void {}
}

/** The standard QueryBus; the dispatcher decides where the handler runs. */
@Injectable()
export class RoutedQueryBus extends QueryBus {
  constructor(
    moduleRef: ModuleRef,
    // Explicit, because the parent class's parameter metadata would otherwise apply to this position.
    @Inject(Dispatcher) private readonly dispatcher: Dispatcher,
  ) {
    super(moduleRef);
  }

  override execute<T extends IQuery, R = unknown>(query: T): Promise<R> {
    return this.dispatcher.send(query) as Promise<R>;
  }

  override register(): void {}
}

/** The standard EventBus; events are published when their unit of work commits. */
@Injectable()
export class RoutedEventBus extends EventBus {
  constructor(
    commandBus: CommandBus,
    moduleRef: ModuleRef,
    unhandled: UnhandledExceptionBus,
    @Inject(Runtime) private readonly runtime: Runtime,
  ) {
    super(commandBus, moduleRef, unhandled);
  }

  override publish<T extends IEvent>(event: T): void {
    const { registry } = this.runtime;
    const type = registry.messageOf(event);
    const scope = currentContext()?.scope;
    if (type.kind !== 'event' && type.kind !== 'broadcast') {
      throw new ModulithError('not_an_event', `${type.wireName} is a ${type.kind}: send it with its own bus.`);
    }
    if (type.kind === 'event' && scope && scope.module !== type.owner) {
      throw new ModulithError(
        'foreign_event',
        `"${scope.module}" may not publish ${type.wireName}: it belongs to "${type.owner}".`,
      );
    }
    const payload = registry.codec.encode(event);
    assertMayTravel(type.wireName, payload, this.runtime.options.transport?.maxFrameBytes);
    const pending: PendingEvent = {
      type,
      metadata: metadataForSend(type.wireName).metadata,
      key: keyOf(type, event),
      payload,
      traceparent: currentTraceparent(),
    };
    if (type.kind === 'broadcast') {
      if (scope?.mode === 'write') scope.broadcasts.push(pending);
      else this.runtime.broadcast(toPublication(pending, new Date()), type);
      return;
    }
    if (scope?.mode !== 'write') {
      throw new ModulithError(
        'publish_outside_unit_of_work',
        `${type.wireName} was published outside a command or event handler: use unitOfWork.run, so that it leaves with a commit.`,
      );
    }
    scope.addEvent(pending);
  }

  override publishAll<T extends IEvent>(events: T[]): void {
    for (const event of events) this.publish(event);
  }

  override register(): void {}

  override registerSagas(): void {}
}

function keyOf(type: MessageType, event: object): string {
  if (!type.keyField) return '';
  const key = (event as Record<string, unknown>)[type.keyField];
  if (typeof key !== 'string' && typeof key !== 'number' && typeof key !== 'bigint') {
    throw new ModulithError('no_key', `${type.wireName} was published without its key "${type.keyField}".`);
  }
  return String(key);
}
