import fc from 'fast-check';
import type { PooledTransaction } from './pooled-transaction.js';
import { SlowTransactions } from './slow-transactions.js';

const transaction = (fields: Partial<PooledTransaction> = {}): PooledTransaction => ({
  hash: 'hash',
  sender: 'slow',
  recipient: 'contract',
  nonce: 0n,
  gasLimit: 16_000_000n,
  maxFee: 10n,
  priorityFee: 1n,
  cost: 1n,
  raw: new Uint8Array(),
  receivedAt: 0,
  ...fields,
});

describe('who took up a block in vain', () => {
  let slow: SlowTransactions;

  beforeEach(() => {
    slow = new SlowTransactions();
  });

  it('loses the transaction, waits longer each time, and then gets what others leave', () => {
    expect(slow.patience(transaction(), true, 0)).toBe('full');
    expect(slow.tookTooLong(transaction(), 'full', 0)).toBe(true);
    expect(slow.wasDropped('hash')).toBe(true);
    const short = transaction({ hash: 'next', gasLimit: 21_000n });
    expect(slow.patience(short, false, 4_999)).toBe('none');
    expect(slow.patience(short, false, 5_000)).toBe('rest');
    expect(slow.tookTooLong(short, 'rest', 5_000)).toBe(false);
    expect(slow.wasDropped('next')).toBe(false);
    expect(slow.patience(short, false, 14_999)).toBe('none');
    expect(slow.patience(short, false, 15_000)).toBe('rest');
    expect(slow.patience(short, false, 5_000 + 3_600_000)).toBe('full');
  });

  it('does not hold back who sends what is short, and does not lock a contract', () => {
    slow.tookTooLong(transaction(), 'full', 0);
    const other = transaction({ sender: 'other' });
    expect(slow.patience(other, false, 1)).toBe('full');
    expect(slow.patience(other, true, 40_000)).toBe('rest');
    expect(slow.patience(transaction({ sender: 'other', recipient: 'elsewhere' }), true, 40_000)).toBe('full');
  });

  it('is no stranger whose transaction got what was left', () => {
    slow.tookTooLong(transaction({ sender: 'other' }), 'rest', 0);
    expect(slow.patience(transaction({ sender: 'other' }), true, 1)).toBe('full');
  });

  it('gives the full time at most once in half a minute, for any number of senders', () => {
    const attempt = fc.record({ sender: fc.nat(50), recipient: fc.nat(50), after: fc.nat(3_000) });
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 50, maxLength: 200 }), (attempts) => {
        const seen = new SlowTransactions();
        let now = 0;
        let full = 0;
        for (const { sender, recipient, after } of attempts) {
          now += after;
          const tried = transaction({ sender: `s${sender}`, recipient: `r${recipient}` });
          const patience = seen.patience(tried, true, now);
          if (patience === 'full') full += 1;
          if (patience !== 'none') seen.tookTooLong(tried, patience, now);
        }
        expect(full).toBeLessThanOrEqual(1 + now / 34_000);
      }),
    );
  });
});
