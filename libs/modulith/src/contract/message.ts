import { Command as CqrsCommand, Query as CqrsQuery } from '@nestjs/cqrs';

type DataKeys<T> = { [K in keyof T]-?: T[K] extends (...args: never[]) => unknown ? never : K }[keyof T];

/** The data of a message: its public string-keyed properties without methods. */
export type Fields<T> = Pick<T, Extract<DataKeys<T>, string>>;

export type Class<T = object> = abstract new (...args: never[]) => T;
type EmptyConstructor<T> = new () => T;

function create<T extends object>(type: EmptyConstructor<T>, fields: Fields<T>): T {
  return Object.assign(new type(), fields);
}

/** A request to change state, handled once by the owning module, answered with `R`. */
export class Command<R = void> extends CqrsCommand<R> {
  static of<T extends object>(this: EmptyConstructor<T>, fields: Fields<T>): T {
    return create(this, fields);
  }
}

/** A question to the owning module; changes nothing. */
export class Query<R> extends CqrsQuery<R> {
  static of<T extends object>(this: EmptyConstructor<T>, fields: Fields<T>): T {
    return create(this, fields);
  }
}

/** A fact, published with the commit that made it true. Exactly one field carries {@link Key}. */
export class Event {
  static of<T extends object>(this: EmptyConstructor<T>, fields: Fields<T>): T {
    return create(this, fields);
  }
}

/** The answer to a command or query. */
export class View {
  static of<T extends object>(this: EmptyConstructor<T>, fields: Fields<T>): T {
    return create(this, fields);
  }
}

const keyFields = new WeakMap<object, string>();
const secretFields = new WeakMap<object, Set<string>>();
const broadcasts = new WeakSet<object>();
const versions = new WeakMap<object, number>();
const sharedTypes = new Map<string, Class>();

/** Marks the event field (an aggregate's id) that orders events: events with the same key arrive in commit order. */
export function Key(): PropertyDecorator {
  return (target, property) => void keyFields.set(target.constructor, String(property));
}

/** Declares the ordering field for an event class that cannot be marked with {@link Key}. */
export function keyed<T extends object>(event: Class<T>, field: keyof T & string): Class<T> {
  keyFields.set(event, field);
  return event;
}

/** Marks a field that is encrypted wherever the message is stored or sent, and never recorded, logged or traced. */
export function Secret(): PropertyDecorator {
  return (target, property) => {
    const own = secretFields.get(target.constructor) ?? new Set<string>();
    own.add(String(property));
    secretFields.set(target.constructor, own);
  };
}

/** Marks an event that is sent to every process at most once and never stored. */
export function Broadcast(): ClassDecorator {
  return (target) => void broadcasts.add(target);
}

/** The version of a message's wire format; 1 by default. */
export function Version(version: number): ClassDecorator {
  return (target) => void versions.set(target, version);
}

/** Lets a class that belongs to no module be part of messages, under a fixed name. */
export function Travels(name: string): ClassDecorator {
  return (target) => void sharedTypes.set(name, target as unknown as Class);
}

function ofChain<T>(type: Class, read: (type: object) => T | undefined): T | undefined {
  for (let current: object | null = type; current; current = Object.getPrototypeOf(current) as object | null) {
    const found = read(current);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const keyFieldOf = (type: Class) => ofChain(type, (each) => keyFields.get(each));
export const isBroadcast = (type: Class) => broadcasts.has(type);
export const versionOf = (type: Class) => versions.get(type) ?? 1;
export const sharedTypeEntries = () => sharedTypes.entries();

export function secretFieldsOf(type: Class): ReadonlySet<string> {
  const all = new Set<string>();
  for (let current: object | null = type; current; current = Object.getPrototypeOf(current) as object | null) {
    for (const field of secretFields.get(current) ?? []) all.add(field);
  }
  return all;
}
