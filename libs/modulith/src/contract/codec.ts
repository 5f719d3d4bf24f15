import { ModulithError } from './errors.js';
import type { Class } from './message.js';

/** What the codec knows about a serializable class. */
export interface TravellingType {
  readonly wireName: string;
  readonly type: Class;
  readonly secrets: ReadonlySet<string>;
}

export interface TravellingTypes {
  ofPrototype(prototype: object): TravellingType | undefined;
  ofWireName(wireName: string): TravellingType | undefined;
}

/** Encrypts fields marked `@Secret()` wherever they are stored or sent. */
export interface SecretBox {
  seal(plain: string): string;
  open(sealed: string): string;
}

const MAX_DEPTH = 64;

/** Thrown at send time, also for local calls: messages must contain only serializable values. */
export class CannotTravel extends ModulithError {
  constructor(path: string, why: string) {
    super('cannot_travel', `${path} cannot travel: ${why}.`);
  }
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Encodes messages as JSON text and back, preserving `Date`, `bigint`, `Uint8Array`, `Map`, `Set` and the contract
 * classes. Values outside JSON are tagged with a `$` key; a plain object whose own keys start with `$` is wrapped, so
 * that no payload can pose as a tag.
 */
export class Codec {
  constructor(
    private readonly types: TravellingTypes,
    private readonly secretBox: SecretBox,
  ) {}

  encode(value: unknown): string {
    return JSON.stringify(this.toJson(value, 'message', 0));
  }

  decode(text: string): unknown {
    return this.fromJson(JSON.parse(text) as Json);
  }

  /** A copy that shares no mutable object with the original; rejects what {@link encode} would reject. */
  copy<T>(value: T): T {
    return this.copyOf(value, 'message', 0) as T;
  }

  private toJson(value: unknown, path: string, depth: number): Json {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $f: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (typeof value === 'bigint') return { $n: value.toString() };
    if (value === undefined) return { $u: 1 };
    if (typeof value !== 'object') throw new CannotTravel(path, `it is a ${typeof value}`);
    if (depth > MAX_DEPTH) throw new CannotTravel(path, 'it is nested too deeply or refers to itself');
    if (Array.isArray(value)) {
      return Array.from(value, (item, at) => this.toJson(item, `${path}[${at}]`, depth + 1));
    }
    if (value instanceof Date) return { $d: value.getTime() };
    if (value instanceof Uint8Array) return { $b: Buffer.from(value).toString('base64') };
    if (value instanceof Map) {
      return {
        $m: [...value].map(([k, v]) => [this.toJson(k, path, depth + 1), this.toJson(v, entryOf(path, k), depth + 1)]),
      };
    }
    if (value instanceof Set) return { $s: [...value].map((item) => this.toJson(item, path, depth + 1)) };
    const prototype = Object.getPrototypeOf(value) as object | null;
    const plain = prototype === Object.prototype || prototype === null;
    const known = plain ? undefined : this.known(prototype, path);
    const out: { [key: string]: Json } = {};
    let clash = false;
    for (const key of Object.keys(value)) {
      const field = (value as Record<string, unknown>)[key];
      if (field === undefined) continue;
      if (key === '__proto__') throw new CannotTravel(`${path}.${key}`, 'its name is reserved');
      if (key.startsWith('$')) clash = true;
      const json = this.toJson(field, `${path}.${key}`, depth + 1);
      out[key] = known?.secrets.has(key) ? { $x: this.secretBox.seal(JSON.stringify(json)) } : json;
    }
    if (known) return { $t: known.wireName, v: out };
    return clash ? { $o: out } : out;
  }

  private fromJson(json: Json): unknown {
    if (json === null || typeof json !== 'object') return json;
    if (Array.isArray(json)) return json.map((item) => this.fromJson(item));
    if ('$t' in json) return this.instanceOf(String(json['$t']), json['v'] as { [key: string]: Json });
    if ('$n' in json) return BigInt(json['$n'] as string);
    // JSON has no NaN, the time value of an invalid date.
    if ('$d' in json) return new Date((json['$d'] as number | null) ?? Number.NaN);
    if ('$b' in json) return new Uint8Array(Buffer.from(json['$b'] as string, 'base64'));
    if ('$u' in json) return undefined;
    if ('$f' in json) return json['$f'] === '-0' ? -0 : Number(json['$f']);
    if ('$m' in json) {
      return new Map((json['$m'] as [Json, Json][]).map(([k, v]) => [this.fromJson(k), this.fromJson(v)]));
    }
    if ('$s' in json) return new Set((json['$s'] as Json[]).map((item) => this.fromJson(item)));
    if ('$x' in json) return this.fromJson(JSON.parse(this.secretBox.open(json['$x'] as string)) as Json);
    return this.fieldsOf(('$o' in json ? json['$o'] : json) as { [key: string]: Json }, {});
  }

  private instanceOf(wireName: string, fields: { [key: string]: Json }): object {
    const known = this.types.ofWireName(wireName);
    if (!known) throw new ModulithError('unknown_type', `A message holds "${wireName}", which no contract here names.`);
    return this.fieldsOf(fields, Object.create(known.type.prototype as object) as object);
  }

  private fieldsOf(fields: { [key: string]: Json }, into: object): object {
    for (const key of Object.keys(fields)) {
      if (key !== '__proto__') (into as Record<string, unknown>)[key] = this.fromJson(fields[key]!);
    }
    return into;
  }

  private copyOf(value: unknown, path: string, depth: number): unknown {
    if (typeof value !== 'object' || value === null) {
      if (typeof value === 'function' || typeof value === 'symbol') {
        throw new CannotTravel(path, `it is a ${typeof value}`);
      }
      return value;
    }
    if (depth > MAX_DEPTH) throw new CannotTravel(path, 'it is nested too deeply or refers to itself');
    if (Array.isArray(value)) return Array.from(value, (item) => this.copyOf(item, path, depth + 1));
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof Uint8Array) return new Uint8Array(value);
    if (value instanceof Map) {
      return new Map(
        [...value].map(([k, v]) => [this.copyOf(k, path, depth + 1), this.copyOf(v, entryOf(path, k), depth + 1)]),
      );
    }
    if (value instanceof Set) return new Set([...value].map((item) => this.copyOf(item, path, depth + 1)));
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype !== Object.prototype && prototype !== null) this.known(prototype, path);
    const out = Object.create(prototype ?? Object.prototype) as Record<string, unknown>;
    for (const key of Object.keys(value)) {
      const field = (value as Record<string, unknown>)[key];
      if (field === undefined) continue;
      if (key === '__proto__') throw new CannotTravel(`${path}.${key}`, 'its name is reserved');
      out[key] = typeof field === 'object' ? this.copyOf(field, `${path}.${key}`, depth + 1) : field;
      if (typeof field === 'function' || typeof field === 'symbol') {
        throw new CannotTravel(`${path}.${key}`, `it is a ${typeof field}`);
      }
    }
    return out;
  }

  private known(prototype: object, path: string): TravellingType {
    const known = this.types.ofPrototype(prototype);
    if (!known) {
      const name = (prototype.constructor as { name?: string } | undefined)?.name ?? 'object';
      throw new CannotTravel(path, `it is a ${name}, a class that no contract lists`);
    }
    return known;
  }
}

const entryOf = (path: string, key: unknown) => `${path}.${typeof key === 'object' ? 'entry' : String(key)}`;
