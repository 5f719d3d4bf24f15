import fc from 'fast-check';
import { type Effects, movementsOf, reconcile } from './ledger-rules.js';

const me = 'me';
const transaction = {
  hash: '0x1',
  from: me,
  to: 'other',
  contractAddress: null,
  value: 10n,
  fee: 2n,
  succeeded: true,
  transfers: [],
};

describe('the movements of an account in a block', () => {
  it('are fee and value where it sent', () => {
    expect(movementsOf(me, { transactions: [transaction] })).toEqual([
      { kind: 'fee', amount: -2n, counterparty: null, transactionHash: '0x1' },
      { kind: 'transfer', amount: -10n, counterparty: 'other', transactionHash: '0x1' },
    ]);
  });

  it('are the value where it received', () => {
    expect(movementsOf('other', { transactions: [transaction] })).toEqual([
      { kind: 'transfer', amount: 10n, counterparty: me, transactionHash: '0x1' },
    ]);
  });

  it('are only the fee where the transaction was reverted', () => {
    const transfers = [{ from: 'other', to: me, value: 5n }];
    const reverted = { ...transaction, succeeded: false, transfers };
    expect(movementsOf(me, { transactions: [reverted] })).toEqual([
      { kind: 'fee', amount: -2n, counterparty: null, transactionHash: '0x1' },
    ]);
    expect(movementsOf('other', { transactions: [reverted] })).toEqual([]);
  });

  it('include what contracts moved', () => {
    const paid = {
      ...transaction,
      from: 'arbiter',
      to: 'escrow',
      value: 0n,
      transfers: [{ from: 'escrow', to: me, value: 5n }],
    };
    expect(movementsOf(me, { transactions: [paid] })).toEqual([
      { kind: 'internal', amount: 5n, counterparty: 'escrow', transactionHash: '0x1' },
    ]);
  });

  it('include what went into a contract at its creation', () => {
    const creation = { ...transaction, to: null, contractAddress: 'contract' };
    expect(movementsOf('contract', { transactions: [creation] })).toMatchObject([{ kind: 'transfer', amount: 10n }]);
  });
});

const names = ['a', 'b', 'c', 'd'];
const name = fc.constantFrom(...names);
const amount = fc.bigInt(0n, 1_000n);
const transactions = fc.array(
  fc.record({
    hash: fc.uuid(),
    from: name,
    to: name,
    contractAddress: fc.constant(null),
    value: amount,
    fee: amount,
    succeeded: fc.boolean(),
    transfers: fc.array(fc.record({ from: name, to: name, value: amount }), { maxLength: 3 }),
  }),
  { maxLength: 6 },
);

/** The balances of a small world, moved by the plainest possible means. */
function apply(balances: Map<string, bigint>, { transactions: all }: Effects): void {
  const add = (who: string, what: bigint) => balances.set(who, balances.get(who)! + what);
  for (const { from, to, value, fee, succeeded, transfers } of all) {
    add(from, -fee);
    if (!succeeded) continue;
    add(from, -value);
    add(to!, value);
    for (const transfer of transfers) {
      add(transfer.from, -transfer.value);
      add(transfer.to, transfer.value);
    }
  }
}

describe('over any blocks', () => {
  it("each account's movements explain its balance exactly, and lose nothing but the fees", () => {
    fc.assert(
      fc.property(transactions, (all) => {
        const balances = new Map(names.map((who) => [who, 100_000n]));
        apply(balances, { transactions: all });
        let total = 0n;
        for (const who of names) {
          const movements = movementsOf(who, { transactions: all });
          const after = balances.get(who)!;
          expect(reconcile(movements, { running: 100_000n, before: 100_000n, after })).toEqual(movements);
          total += movements.reduce((sum, movement) => sum + movement.amount, 0n);
        }
        expect(total).toBe(-all.reduce((sum, { fee }) => sum + fee, 0n));
      }),
    );
  });

  it('the running balance ends at that of the chain, whatever the transactions do not show', () => {
    const running = fc.option(amount, { nil: undefined });
    fc.assert(
      fc.property(transactions, running, amount, amount, (all, known, before, after) => {
        const entries = reconcile(movementsOf('a', { transactions: all }), { running: known, before, after });
        expect(entries.reduce((sum, entry) => sum + entry.amount, known ?? 0n)).toBe(after);
      }),
    );
  });

  it('what was there before the first known block is the opening balance', () => {
    expect(reconcile([], { running: undefined, before: 7n, after: 7n })).toMatchObject([
      { kind: 'opening', amount: 7n },
    ]);
    expect(reconcile([], { running: undefined, before: 0n, after: 0n })).toEqual([]);
  });
});
