import { type Asker, FairQueue, Turned } from './fair-queue.js';

const LIMITS = { atOnce: 1, waiting: 4, perCaller: 3 };
const asker = (caller: string, fields: Partial<Asker> = {}): Asker => ({
  caller,
  isUrgent: false,
  deadline: Number.POSITIVE_INFINITY,
  request: `request of ${caller}`,
  ...fields,
});

describe('a fair queue', () => {
  let now: number;
  let queue: FairQueue;
  let done: string[];
  let finish: (() => void)[];

  beforeEach(() => {
    now = 0;
    queue = new FairQueue(LIMITS, () => now);
    done = [];
    finish = [];
  });

  /** Work that goes on until `finishOne`, or until its caller leaves. */
  function ask(name: string, from: Asker): Promise<unknown> {
    return queue.run(from, (signal) => {
      done.push(name);
      return new Promise<void>((resolve, reject) => {
        finish.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    });
  }

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  async function finishOne(): Promise<void> {
    await turn();
    finish.shift()!();
    await turn();
  }

  const outcome = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Error) => (error instanceof Turned ? error.reason : error.message),
    );

  it('lets callers take turns, however many pieces one of them sent first', async () => {
    for (const name of ['a1', 'a2', 'a3']) void ask(name, asker('a'));
    void ask('b1', asker('b'));
    for (let round = 0; round < 4; round++) await finishOne();
    expect(done).toEqual(['a1', 'b1', 'a2', 'a3']);
  });

  it('lets go first who had less time, and forgets nothing of it between two pieces', async () => {
    const long = ask('long', asker('a'));
    await new Promise((resolve) => setTimeout(resolve, 30));
    void ask('b1', asker('b'));
    void ask('b2', asker('b'));
    await finishOne();
    await long;
    void ask('a again', asker('a'));
    await finishOne();
    await finishOne();
    expect(done).toEqual(['long', 'b1', 'b2', 'a again']);
  });

  it('lets urgent work overtake', async () => {
    void ask('a1', asker('a'));
    void ask('b1', asker('b'));
    void ask('u1', asker('u', { isUrgent: true }));
    await finishOne();
    expect(done).toEqual(['a1', 'u1']);
  });

  it('refuses what is too much for one caller', async () => {
    const all = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => outcome(ask(name, asker('a'))));
    expect(await all[4]).toBe('full');
    expect(queue.waiting).toBe(3);
  });

  it('takes from the caller with the most waiting when it is full', async () => {
    void ask('running', asker('x'));
    const a = ['a1', 'a2', 'a3'].map((name) => outcome(ask(name, asker('a'))));
    const b = outcome(ask('b1', asker('b')));
    const c = outcome(ask('c1', asker('c')));
    expect(await a[2]).toBe('full');
    expect(queue.waiting).toBe(4);
    const second = ['b2', 'c2'].map((name) => outcome(ask(name, asker(name.charAt(0)))));
    expect(await Promise.race([second[0], second[1]])).toBe('full');
    for (let round = 0; round < 5; round++) await finishOne();
    expect([await a[0], await b, await c]).toEqual(['done', 'done', 'done']);
  });

  it('when it is full of many callers, has room for urgent work', async () => {
    void ask('running', asker('x'));
    const strangers = ['a', 'b', 'c', 'd'].map((name) => outcome(ask(name, asker(name))));
    expect(await outcome(ask('e', asker('e')))).toBe('full');
    void ask('u1', asker('u', { isUrgent: true }));
    expect(await Promise.race(strangers)).toBe('full');
    expect(queue.waiting).toBe(4);
  });

  it('does not begin work that was abandoned', async () => {
    void ask('a1', asker('a'));
    const late = outcome(ask('b1', asker('b', { deadline: 10 })));
    now = 10;
    await finishOne();
    expect(await late).toBe('late');
    expect(done).toEqual(['a1']);
    expect(queue.running).toBe(0);
  });

  it('when a caller leaves, forgets what waits and tells what runs; others go on', async () => {
    const running = outcome(ask('a1', asker('a')));
    const waiting = outcome(ask('a2', asker('a')));
    const other = outcome(ask('b1', asker('b')));
    await turn();
    queue.abandon('request of a');
    expect([await running, await waiting]).toEqual(['abandoned', 'abandoned']);
    finish.shift();
    await finishOne();
    expect(await other).toBe('done');
    expect(done).toEqual(['a1', 'b1']);
  });
});
