import fc from 'fast-check';
import type { Hex } from 'viem';
import { AIT, EscrowWorld, HOUR, STATE, bookingId } from './testing/escrow-world.js';

type Model = Map<string, { provider: Hex; amount: bigint; expiresAt: bigint; state: number }>;

const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('lock' as const),
      booking: fc.nat(3),
      client: fc.nat(2),
      provider: fc.nat(2),
      amount: fc.bigInt(1n, 3n * AIT),
      hours: fc.nat(3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      booking: fc.nat(3),
      client: fc.nat(2),
      gross: fc.bigInt(0n, 3n * AIT),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('withdraw' as const), booking: fc.nat(3), client: fc.nat(2) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('claim' as const), client: fc.nat(2) }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Clients and providers overlap, and some refuse money: 0 and 2 are contracts, one of them unwilling to be paid. */
async function cast(world: EscrowWorld): Promise<Hex[]> {
  return [await world.payee('RefusesMoney'), await world.payee('CountsMoney'), await world.payee('BurnsGas')];
}

class Book {
  readonly escrows: Model = new Map();
  readonly credits = new Map<Hex, bigint>();

  constructor(
    private readonly world: EscrowWorld,
    private readonly actors: readonly Hex[],
  ) {}

  /** What the rules say would happen; true when the call must succeed. */
  async run(op: Operation): Promise<{ expected: boolean; actual: boolean }> {
    const { world, actors } = this;
    if (op.kind === 'wait') {
      world.chain.now += BigInt(op.hours) * HOUR;
      return { expected: true, actual: true };
    }
    const client = actors[op.client] as Hex;
    if (op.kind === 'claim') {
      const owed = this.credits.get(client) ?? 0n;
      this.credits.set(client, 0n);
      const { succeeded } = await world.through(client, 'claimTo', [world.stranger.address]);
      return { expected: owed > 0n, actual: succeeded };
    }
    const key = `${op.booking}:${client}`;
    const escrow = this.escrows.get(key);
    const id = bookingId(op.booking);
    if (op.kind === 'lock') {
      const provider = actors[op.provider] as Hex;
      const expiresAt = world.chain.now + BigInt(op.hours) * HOUR;
      const expected = !escrow && op.hours > 0;
      if (expected) this.escrows.set(key, { provider, amount: op.amount, expiresAt, state: STATE.locked });
      const { succeeded } = await world.through(client, 'lock', [id, provider, expiresAt], op.amount);
      return { expected, actual: succeeded };
    }
    if (op.kind === 'settle') {
      const expected = escrow?.state === STATE.locked && op.gross <= escrow.amount;
      if (expected) {
        const fee = (op.gross * 250n) / 10_000n;
        escrow.state = STATE.settled;
        this.owe(escrow.provider, op.gross - fee);
        this.owe(client, escrow.amount - op.gross);
      }
      return { expected, actual: (await world.settle(op.gross, id, client)).succeeded };
    }
    const expected = escrow?.state === STATE.locked && world.chain.now > escrow.expiresAt;
    if (expected) {
      escrow.state = STATE.withdrawn;
      this.owe(client, escrow.amount);
    }
    return { expected, actual: (await world.through(client, 'withdraw', [id])).succeeded };
  }

  owe(account: Hex, amount: bigint) {
    if (account === this.actors[1]) return;
    this.credits.set(account, (this.credits.get(account) ?? 0n) + amount);
  }

  openTotal(): bigint {
    return [...this.escrows.values()].reduce(
      (sum, { state, amount }) => sum + (state === STATE.locked ? amount : 0n),
      0n,
    );
  }

  creditTotal(): bigint {
    return [...this.credits.values()].reduce((sum, credit) => sum + credit, 0n);
  }
}

describe('over any sequence of locks, settlements, withdrawals and claims', () => {
  it('does what the rules say, and holds exactly the open escrows and the credits', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (operations) => {
        const world = await EscrowWorld.create();
        const actors = await cast(world);
        const book = new Book(world, actors);
        for (const op of operations) {
          const { expected, actual } = await book.run(op);
          expect({ ...op, succeeded: actual }).toEqual({ ...op, succeeded: expected });
          expect(await world.held()).toBe(book.openTotal() + book.creditTotal());
          for (const actor of actors) expect(await world.credit(actor)).toBe(book.credits.get(actor) ?? 0n);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('creates and destroys no coin: everything locked ends with one of the parties', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt(1n, 900n * AIT), fc.nat(1_000_000), async (amount, millionths) => {
        const world = await EscrowWorld.create();
        const gross = (amount * BigInt(millionths)) / 1_000_000n;
        await world.lock(amount);
        await world.settle(gross);
        const parties = [world.client, world.provider, world.treasury];
        const balances = await Promise.all(parties.map(({ address }) => world.chain.balance(address)));
        expect(balances.reduce((sum, balance) => sum + balance, 0n)).toBe(3_000n * AIT);
        expect(balances[2]).toBe(1_000n * AIT + (gross * 250n) / 10_000n);
      }),
      { numRuns: 15 },
    );
  });
});
