import fc from 'fast-check';
import { Mempool, type PoolLimits } from './mempool.js';
import type { PooledTransaction } from './pooled-transaction.js';
import { PoolRefusal } from './pool-refusal.js';
import { comparePrice } from './price.js';

const limits: PoolLimits = {
  total: 8,
  perSender: 4,
  gapped: 3,
  lifetimeMs: 1_000,
  minimumFee: 7n,
  blockGas: 1_000_000n,
};
const rich = { nonce: 0n, balance: 10n ** 30n };

function transaction(fields: Partial<PooledTransaction> & { sender?: string; nonce?: bigint }): PooledTransaction {
  const base = {
    sender: 'a',
    recipient: 'contract',
    nonce: 0n,
    gasLimit: 21_000n,
    maxFee: 100n,
    priorityFee: 10n,
    cost: 1n,
    raw: new Uint8Array(),
    receivedAt: 0,
  };
  const made = { ...base, ...fields };
  return { hash: fields.hash ?? `${made.sender}-${made.nonce}-${made.maxFee}-${made.priorityFee}`, ...made };
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof PoolRefusal) return error.reason;
    throw error;
  }
  return 'accepted';
}

describe('a pool', () => {
  let pool: Mempool;

  beforeEach(() => {
    pool = new Mempool(limits);
  });

  it('gives what may take long after all that does not, whatever it pays, and keeps the order of nonces', () => {
    pool = new Mempool({ ...limits, blockGas: 60_000_000n });
    const long = { gasLimit: 16_000_000n, maxFee: 1_000n, priorityFee: 900n };
    pool.add(transaction({ sender: 'a', hash: 'long', ...long }), rich);
    pool.add(transaction({ sender: 'a', hash: 'behind it', nonce: 1n }), rich);
    pool.add(transaction({ sender: 'b', hash: 'short' }), rich);
    expect(pool.best(7n, 60_000_000n).map(({ hash }) => hash)).toEqual(['short', 'long', 'behind it']);
  });

  it('puts what gets only the time that is left after all others, and leaves out whose sender waits', () => {
    for (const sender of ['late', 'waiting', 'good']) pool.add(transaction({ sender, hash: sender }), rich);
    pool.add(transaction({ sender: 'late', hash: 'late too', nonce: 1n, priorityFee: 90n }), rich);
    const chosen = pool.best(7n, 1_000_000n, ({ sender }) =>
      sender === 'waiting' ? 'none' : sender === 'late' ? 'rest' : 'full',
    );
    expect(chosen.map(({ hash, patience }) => [hash, patience])).toEqual([
      ['good', 'full'],
      ['late', 'rest'],
      ['late too', 'rest'],
    ]);
  });

  it('says what adding would do, and changes nothing', () => {
    pool.add(transaction({ hash: 'cheap' }), rich);
    expect(pool.check(transaction({ hash: 'dear', maxFee: 200n, priorityFee: 20n }), rich).removed).toEqual(['cheap']);
    expect(pool.get('cheap')).toBeDefined();
    expect(pool.get('dear')).toBeUndefined();
  });

  it('when the nonce is used already, refuses', () => {
    expect(refusal(() => pool.add(transaction({ nonce: 2n }), { ...rich, nonce: 3n }))).toBe('nonce_too_low');
  });

  it('when the sender cannot pay for all that waits, refuses', () => {
    pool.add(transaction({ nonce: 0n, cost: 60n }), { nonce: 0n, balance: 100n });
    expect(refusal(() => pool.add(transaction({ nonce: 1n, cost: 41n }), { nonce: 0n, balance: 100n }))).toBe(
      'insufficient_funds',
    );
    expect(refusal(() => pool.add(transaction({ nonce: 1n, cost: 40n }), { nonce: 0n, balance: 100n }))).toBe(
      'accepted',
    );
  });

  it('when a replacement costs what the old one did plus what is left, takes it', () => {
    pool.add(transaction({ cost: 60n }), { nonce: 0n, balance: 100n });
    expect(
      refusal(() =>
        pool.add(transaction({ cost: 100n, maxFee: 110n, priorityFee: 11n }), { nonce: 0n, balance: 100n }),
      ),
    ).toBe('accepted');
  });

  it.each([
    [109n, 11n, 'underpriced'],
    [110n, 10n, 'underpriced'],
    [110n, 11n, 'accepted'],
  ])('when a replacement offers %d and tips %d, is %s', (maxFee, priorityFee, outcome) => {
    pool.add(transaction({}), rich);
    expect(refusal(() => pool.add(transaction({ maxFee, priorityFee }), rich))).toBe(outcome);
    expect(pool.size).toBe(1);
  });

  it('when the same transaction comes again, says that it is known', () => {
    pool.add(transaction({}), rich);
    expect(refusal(() => pool.add(transaction({}), rich))).toBe('already_known');
  });

  it('when a nonce is missing, holds back what is behind it until it comes', () => {
    pool.add(transaction({ nonce: 1n }), rich);
    expect(pool.best(1n, 10n ** 9n)).toEqual([]);
    expect(pool.nextNonce('a', 0n)).toBe(0n);
    pool.add(transaction({ nonce: 0n }), rich);
    expect(pool.best(1n, 10n ** 9n).map(({ nonce }) => nonce)).toEqual([0n, 1n]);
    expect(pool.nextNonce('a', 0n)).toBe(2n);
  });

  it('when it is full, only a dearer newcomer that can run pushes the cheapest out', () => {
    for (let index = 0; index < 8; index++)
      pool.add(transaction({ sender: `s${index}`, priorityFee: 10n + BigInt(index) }), rich);
    expect(refusal(() => pool.add(transaction({ sender: 'late', priorityFee: 10n }), rich))).toBe('underpriced');
    expect(refusal(() => pool.add(transaction({ sender: 'late', priorityFee: 99n, nonce: 1n }), rich))).toBe('full');
    expect(pool.add(transaction({ sender: 'late', priorityFee: 11n }), rich).removed).toEqual(['s0-0-100-10']);
  });

  it('when one has waited its time, forgets it', () => {
    pool.add(transaction({ receivedAt: 0 }), rich);
    pool.add(transaction({ sender: 'b', receivedAt: 1 }), rich);
    expect(pool.expire(1_000)).toEqual(['a-0-100-10']);
    expect(pool.size).toBe(1);
  });

  it('when the gas does not suffice for one, others still fit', () => {
    pool.add(transaction({ sender: 'big', gasLimit: 900_000n, priorityFee: 5n }), rich);
    pool.add(transaction({ sender: 'first', gasLimit: 200_000n, priorityFee: 50n }), rich);
    pool.add(transaction({ sender: 'small', gasLimit: 21_000n, priorityFee: 1n }), rich);
    expect(pool.best(1n, 1_000_000n).map(({ sender }) => sender)).toEqual(['first', 'small']);
  });

  it.each([
    [{ maxFee: 6n, priorityFee: 1n }, 'underpriced'],
    [{ gasLimit: 1_000_001n }, 'invalid'],
    [{ nonce: 4n }, 'full'],
  ])('when %o, refuses as %s', (fields, reason) => {
    expect(refusal(() => pool.add(transaction(fields), rich))).toBe(reason);
  });

  it('runs a transaction that was checked before the last block of its sender', () => {
    const pool = new Mempool(limits);
    pool.add(transaction({ nonce: 0n }), rich);
    pool.settle(new Map([['a', { ...rich, nonce: 1n }]]));
    pool.add(transaction({ nonce: 1n }), rich);
    expect(pool.best(7n, limits.blockGas).map(({ nonce }) => nonce)).toEqual([1n]);
    expect(refusal(() => pool.add(transaction({ nonce: 0n, maxFee: 500n }), rich))).toBe('nonce_too_low');
  });

  it('runs it again once the chain has lost that block', () => {
    const pool = new Mempool(limits);
    pool.settle(new Map([['a', { ...rich, nonce: 1n }]]));
    pool.forgetSettled();
    pool.add(transaction({ nonce: 0n }), rich);
    expect(pool.best(7n, limits.blockGas)).toHaveLength(1);
  });
});

const arrival = fc.record({
  kind: fc.constant('arrive' as const),
  sender: fc.constantFrom('a', 'b', 'c', 'd'),
  nonce: fc.bigInt(0n, 6n),
  maxFee: fc.bigInt(5n, 40n),
  tip: fc.bigInt(0n, 40n),
  cost: fc.bigInt(1n, 40n),
});
const mined = fc.record({
  kind: fc.constant('mine' as const),
  baseFee: fc.bigInt(1n, 20n),
  gas: fc.bigInt(0n, 120_000n),
});
const waited = fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 700 }) });

describe('whatever happens to a pool', () => {
  it('its rules hold', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 8, arbitrary: arrival }, mined, waited), { maxLength: 80 }), (events) => {
        const pool = new Mempool(limits);
        const accounts = new Map(['a', 'b', 'c', 'd'].map((sender) => [sender, { nonce: 0n, balance: 100n }]));
        let now = 0;
        for (const [index, event] of events.entries()) {
          if (event.kind === 'wait') {
            now += event.ms;
            pool.expire(now);
          } else if (event.kind === 'mine') {
            mine(pool, accounts, event.baseFee, event.gas);
          } else {
            arrive(pool, accounts, { ...event, hash: String(index), receivedAt: now });
          }
          assertRules(pool, accounts, now);
        }
      }),
      { numRuns: 400 },
    );
  });
});

type Accounts = Map<string, { nonce: bigint; balance: bigint }>;

function arrive(
  pool: Mempool,
  accounts: Accounts,
  event: { sender: string; nonce: bigint; maxFee: bigint; tip: bigint; cost: bigint; hash: string; receivedAt: number },
): void {
  const priorityFee = event.tip < event.maxFee ? event.tip : event.maxFee;
  const newcomer = transaction({ ...event, priorityFee });
  const before = new Map([...pool].map((each) => [each.hash, each]));
  const reason = refusal(() => {
    for (const hash of pool.add(newcomer, accounts.get(event.sender)!).removed) {
      const gone = before.get(hash)!;
      expect(comparePrice(gone, newcomer)).toBeLessThan(0);
      if (gone.sender === newcomer.sender && gone.nonce === newcomer.nonce) {
        expect(newcomer.maxFee * 10n).toBeGreaterThanOrEqual(gone.maxFee * 11n);
      } else {
        expect(before.size).toBe(limits.total);
        const lasts = [...before.values()].filter(
          (each) => ![...before.values()].some(({ sender, nonce }) => sender === each.sender && nonce > each.nonce),
        );
        const candidates = lasts.filter(({ sender, nonce }) => sender !== newcomer.sender || nonce > newcomer.nonce);
        expect(candidates.every((each) => comparePrice(gone, each) <= 0)).toBe(true);
      }
    }
  });
  if (reason !== 'accepted') expect(new Map([...pool].map((each) => [each.hash, each]))).toEqual(before);
}

function mine(pool: Mempool, accounts: Accounts, baseFee: bigint, gas: bigint): void {
  const chosen = pool.best(baseFee, gas);
  const seen = new Map<string, bigint>();
  for (const { sender, nonce, maxFee } of chosen) {
    expect(nonce).toBe(seen.get(sender) ?? accounts.get(sender)!.nonce);
    seen.set(sender, nonce + 1n);
    expect(maxFee).toBeGreaterThanOrEqual(baseFee);
  }
  expect(chosen.reduce((sum, { gasLimit }) => sum + gasLimit, 0n)).toBeLessThanOrEqual(gas);
  for (const [sender, nonce] of seen) accounts.set(sender, { nonce, balance: 100n });
  pool.settle(accounts);
}

function assertRules(pool: Mempool, accounts: Accounts, now: number): void {
  const all = [...pool];
  expect(pool.size).toBe(all.length);
  expect(all.length).toBeLessThanOrEqual(limits.total);
  expect(new Set(all.map(({ sender, nonce }) => `${sender}/${nonce}`)).size).toBe(all.length);
  for (const [sender, account] of accounts) {
    const own = all.filter((each) => each.sender === sender);
    expect(own.length).toBeLessThanOrEqual(limits.perSender);
    expect(own.every(({ nonce }) => nonce >= account.nonce)).toBe(true);
    expect(own.reduce((sum, { cost }) => sum + cost, 0n)).toBeLessThanOrEqual(account.balance);
  }
  expect(all.every(({ receivedAt }) => now - receivedAt < limits.lifetimeMs)).toBe(true);
}
