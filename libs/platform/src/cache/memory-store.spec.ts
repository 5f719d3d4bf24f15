import { MemoryStore } from './memory-store.js';

describe('the memory of a process', () => {
  it('whatever comes, holds no more than it was given, and what is in use stays', async () => {
    const capacity = 1_000_000;
    const store = new MemoryStore(capacity);
    store.set('in use', 'x');
    const keys = Array.from({ length: 1_000_000 }, (_, at) => `question ${at}`);
    for (const [at, key] of keys.entries()) {
      store.set(key, 'an answer', 60_000);
      if (at % 1_000 === 0) expect(await store.get('in use')).toBe('x');
    }
    const kept = await store.getMany<string>(keys);
    const size = kept.reduce((sum, value, at) => sum + (value === undefined ? 0 : value.length + keys[at]!.length), 0);
    expect(size).toBeGreaterThan(0.9 * capacity);
    expect(size).toBeLessThanOrEqual(capacity);
  });

  it('forgets what is over', async () => {
    const store = new MemoryStore();
    store.set('short', 'x', 20);
    store.set('long', 'x', 60_000);
    await vi.waitFor(async () => expect(await store.getMany(['short', 'long'])).toEqual([undefined, 'x']));
  });
});
