import { hash, randomUUID } from 'node:crypto';
import { Runtime } from '@aitbc/modulith';
import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Cache as CacheManager } from 'cache-manager';
import type { Keyv } from 'keyv';
import { Counter, register } from 'prom-client';
import type { CacheStore } from './cache-store.js';

/** Answers of one kind, which are forgotten together. */
export interface CacheArea {
  readonly name: string;
  /** After this time an answer is computed anew: the most that a change can go unnoticed when its broadcast is lost. */
  readonly ttlMs: number;
  /** How many answers are kept at most: two that fall into the same place push each other out. */
  readonly entries: number;
}

type Outcome = 'hit' | 'miss' | 'bypass';

/** What one lookup found, for all that asked for it at the same time. */
interface Found<T> {
  readonly outcome: Outcome;
  /** Everybody reads an answer of his own from it. */
  readonly text: string;
  /** For the one who computed it. */
  readonly value?: T;
}

/** What this process knows of an area. */
class AreaState {
  /** Grows with each renewal. */
  epoch = 0;
  /** Not all that is kept may be told: a renewal is under way, or could not be made known yet. */
  isStale = false;
  /** What makes the newest renewal known. */
  renewal: Promise<unknown> | undefined;
  lookups = new Map<string, Promise<Found<unknown>>>();

  constructor(readonly area: CacheArea) {}
}

/** Longer answers, in characters, are not kept. */
const LONGEST = 64 * 1024;
const RENEW_AGAIN_MS = 250;
const GENERATION_TTL_MS = 24 * 3_600_000;

const requests = () =>
  (register.getSingleMetric('cache_requests_total') as Counter<'cache' | 'outcome'> | undefined) ??
  new Counter({
    name: 'cache_requests_total',
    help: 'Answers that were kept or shared (hit), computed and kept (miss), computed because the cache was not to be asked (bypass)',
    labelNames: ['cache', 'outcome'],
  });

/**
 * Keeps the answers of queries for a while.
 *
 * Every entry names the generation of its area in which its computation began, and is told only while that is the
 * area's generation. So one write forgets a whole area, and an answer that was computed before a change and kept
 * after it is never told.
 *
 * For query handlers that answer others: what a command decides on is read from the database.
 */
@Injectable()
export class Cache implements OnModuleInit, OnModuleDestroy {
  private readonly areas = new Map<string, AreaState>();
  private readonly keyv: Keyv<string>;
  private readonly store: CacheStore;
  private readonly requests = requests();
  private again: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    @Inject(CACHE_MANAGER) manager: CacheManager,
    @Inject(Runtime) private readonly runtime: Runtime,
  ) {
    // The manager says "not there" of a store that it could not ask; the store itself tells the two apart.
    this.keyv = manager.stores[0] as Keyv<string>;
    this.store = this.keyv.store as CacheStore;
  }

  onModuleInit(): void {
    // Changes made known while the store was away reached nobody.
    this.store.onReturn(() => this.areas.forEach((state) => this.renew(state.area)));
    this.store.open();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    clearTimeout(this.again);
  }

  /**
   * The kept answer to a question, or a new one. Many that ask the same at once share one computation.
   * @param key all that the answer depends on, the asking principal included where it matters
   * @param isKept whether an answer may be told to others later
   */
  async answer<T>(
    area: CacheArea,
    key: readonly unknown[],
    compute: () => Promise<T>,
    isKept: (answer: T) => boolean = () => true,
  ): Promise<T> {
    const state = this.stateOf(area);
    // A renewal takes as long as any other question to the store; whoever computed by himself would do what all do.
    // What it fails with is told by the renewal.
    if (state.isStale && this.store.isReachable) await state.renewal?.catch(() => undefined);
    if (state.isStale || !this.store.isReachable) {
      this.count(area, 'bypass');
      return compute();
    }
    const { codec } = this.runtime.registry;
    const question = hash('sha256', `${area.name}${codec.encode(key)}`);
    const shared = state.lookups.get(question) as Promise<Found<T>> | undefined;
    if (shared) return this.share(area, shared, compute);

    const lookup = this.lookUp(state, question, compute, isKept);
    const { lookups } = state;
    lookups.set(question, lookup);
    try {
      const found = await lookup;
      this.count(area, found.outcome);
      return 'value' in found ? (found.value as T) : (codec.decode(found.text) as T);
    } finally {
      lookups.delete(question);
    }
  }

  /** Forgets an area's answers in all processes; in this one nothing old is told from this moment on. */
  renew(area: CacheArea): void {
    const state = this.stateOf(area);
    state.epoch += 1;
    state.isStale = true;
    // Who asks from now on must not share what began before.
    state.lookups = new Map();
    void this.nextGeneration(state);
  }

  private async share<T>(area: CacheArea, lookup: Promise<Found<T>>, compute: () => Promise<T>): Promise<T> {
    // What failed for one, such as by its deadline, need not fail for another.
    const found = await lookup.catch(() => undefined);
    this.count(area, found ? 'hit' : 'bypass');
    return found ? (this.runtime.registry.codec.decode(found.text) as T) : compute();
  }

  private async lookUp<T>(
    { area }: AreaState,
    question: string,
    compute: () => Promise<T>,
    isKept: (answer: T) => boolean,
  ): Promise<Found<T>> {
    const { codec } = this.runtime.registry;
    const place = `${area.name}:${Number.parseInt(question.slice(0, 8), 16) % area.entries}`;
    let head: string;
    try {
      const [generation, entry] = await this.keyv.getMany([generationOf(area), place]);
      head = `${generation ?? (await this.beginGeneration(area))}:${question}:`;
      if (entry?.startsWith(head)) return { outcome: 'hit', text: entry.slice(head.length) };
    } catch {
      const value = await compute();
      return { outcome: 'bypass', value, text: codec.encode(value) };
    }
    const value = await compute();
    const text = codec.encode(value);
    // Nobody waits for it: what cannot be kept is computed again.
    if (isKept(value) && text.length <= LONGEST) this.keyv.set(place, head + text, area.ttlMs).catch(() => undefined);
    return { outcome: 'miss', value, text };
  }

  private async nextGeneration(state: AreaState): Promise<void> {
    if (state.renewal) return;
    try {
      for (let epoch = -1; epoch !== state.epoch;) {
        epoch = state.epoch;
        state.renewal = this.beginGeneration(state.area);
        await state.renewal;
      }
      state.isStale = false;
    } catch {
      if (!this.isClosed) this.again ??= setTimeout(() => this.renewStaleAreas(), RENEW_AGAIN_MS).unref();
    } finally {
      state.renewal = undefined;
    }
  }

  private renewStaleAreas(): void {
    this.again = undefined;
    for (const state of this.areas.values()) if (state.isStale) void this.nextGeneration(state);
  }

  /** Random, so that no generation ever comes back. */
  private async beginGeneration(area: CacheArea): Promise<string> {
    const generation = randomUUID();
    await this.keyv.set(generationOf(area), generation, GENERATION_TTL_MS);
    return generation;
  }

  /** Whoever died between a commit and its broadcast has told nobody: an area begins with a new generation. */
  private stateOf(area: CacheArea): AreaState {
    const known = this.areas.get(area.name);
    if (known) return known;
    const state = new AreaState(area);
    this.areas.set(area.name, state);
    this.renew(area);
    return state;
  }

  private count({ name }: CacheArea, outcome: Outcome): void {
    this.requests.inc({ cache: name, outcome });
  }
}

function generationOf(area: CacheArea): string {
  return `${area.name}:generation`;
}
