import { hash, randomUUID } from 'node:crypto';
import { Runtime } from '@aitbc/modulith';
import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Cache as CacheManager } from 'cache-manager';
import type { Keyv } from 'keyv';
import { Counter, register } from 'prom-client';
import type { CacheStore } from './cache-store.js';

/** Cached answers of one kind, invalidated together. */
export interface CacheArea {
  readonly name: string;
  /** The time to live: the longest that a change can go unnoticed if its broadcast is lost. */
  readonly ttlMs: number;
  /** The maximum number of entries: two that hash to the same slot evict each other. */
  readonly entries: number;
}

type Outcome = 'hit' | 'miss' | 'bypass';

/** The result of one lookup, shared by concurrent callers. */
interface Found<T> {
  readonly outcome: Outcome;
  /** Each caller decodes its own copy. */
  readonly text: string;
  /** For the caller that computed it. */
  readonly value?: T;
}

/** This process's state of an area. */
class AreaState {
  /** Incremented by each invalidation. */
  epoch = 0;
  /** Cached entries may be outdated: an invalidation is in progress, or could not be announced yet. */
  isStale = false;
  /** Announces the latest invalidation. */
  renewal: Promise<unknown> | undefined;
  lookups = new Map<string, Promise<Found<unknown>>>();

  constructor(readonly area: CacheArea) {}
}

/** The maximum length of a cached answer, in characters. */
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
 * Caches the answers of queries for a limited time.
 *
 * Every entry names the generation of its area in which its computation began, and is only returned while that is the
 * area's current generation. So one write invalidates a whole area, and an answer computed before a change but stored
 * after it is never returned.
 *
 * For query handlers only: commands read the state they decide on from the database.
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
    // The manager reports a miss when it could not ask the store; the store itself distinguishes the two.
    this.keyv = manager.stores[0] as Keyv<string>;
    this.store = this.keyv.store as CacheStore;
  }

  onModuleInit(): void {
    // Invalidations announced while the store was unavailable were lost.
    this.store.onReturn(() => this.areas.forEach((state) => this.renew(state.area)));
    this.store.open();
  }

  onModuleDestroy(): void {
    this.isClosed = true;
    clearTimeout(this.again);
  }

  /**
   * Returns the cached answer, or computes a new one. Concurrent callers share one computation.
   * @param key everything that the answer depends on, including the principal if it matters
   * @param isKept whether the answer may be cached
   */
  async answer<T>(
    area: CacheArea,
    key: readonly unknown[],
    compute: () => Promise<T>,
    isKept: (answer: T) => boolean = () => true,
  ): Promise<T> {
    const state = this.stateOf(area);
    // An invalidation takes as long as any other request to the store; without waiting, every caller would compute the
    // answer itself. Its errors are reported elsewhere.
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

  /** Invalidates an area in all processes; in this one, no outdated answer is returned from now on. */
  renew(area: CacheArea): void {
    const state = this.stateOf(area);
    state.epoch += 1;
    state.isStale = true;
    // Later callers must not share computations that began before.
    state.lookups = new Map();
    void this.nextGeneration(state);
  }

  private async share<T>(area: CacheArea, lookup: Promise<Found<T>>, compute: () => Promise<T>): Promise<T> {
    // A failure of one caller, such as its deadline, need not affect another.
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
    // Not awaited: an answer that cannot be cached is computed again.
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

  /** Random, so that no generation is ever reused. */
  private async beginGeneration(area: CacheArea): Promise<string> {
    const generation = randomUUID();
    await this.keyv.set(generationOf(area), generation, GENERATION_TTL_MS);
    return generation;
  }

  /**
   * A process that died between a commit and its broadcast has announced nothing: an area starts with a new generation.
   */
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
