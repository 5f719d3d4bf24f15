import { BoundedQueue } from './bounded-queue.js';
import type { Publication } from './publication.js';

const event = (messageId: string) => ({ messageId }) as Publication;

describe('a bounded queue that stops', () => {
  const handled: string[] = [];
  let hold: Promise<void> | undefined;
  let queue: BoundedQueue;

  beforeEach(() => {
    vi.useFakeTimers();
    handled.length = 0;
    hold = undefined;
    queue = new BoundedQueue(10, async ({ messageId }) => {
      await hold;
      handled.push(messageId);
    });
  });
  afterEach(() => vi.useRealTimers());

  it('has what waits handled first', async () => {
    for (const id of ['a', 'b', 'c']) queue.push(event(id));
    await queue.stop();
    expect(handled).toEqual(['a', 'b', 'c']);
    expect(queue.dropped).toBe(0);
  });

  it('waits so long and no longer, and counts what is lost', async () => {
    hold = new Promise((resolve) => setTimeout(resolve, 60_000));
    for (const id of ['a', 'b', 'c']) queue.push(event(id));
    const stopped = queue.stop();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(queue.dropped).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    await stopped;
    expect(queue.dropped).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(handled).toEqual(['a']);
  });

  it('counts what still comes', async () => {
    await queue.stop();
    queue.push(event('late'));
    await queue.idle();
    expect([handled, queue.dropped]).toEqual([[], 1]);
  });
});
