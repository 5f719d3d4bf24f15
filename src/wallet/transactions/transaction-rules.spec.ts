import fc from 'fast-check';
import { bytesToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { feesFor, withMargin } from './fees.js';
import { nextNonce, nonceGaps } from './nonce.js';
import { highestCost, signTransaction } from './sign-transaction.js';

const privateKey = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((key) => key.some((byte) => byte !== 0) && key[0] !== 255);
const address = fc.constant('0x70997970C51812dc3A010C7d01b50e0d17dc79C8' as const);
const transaction = fc.record({
  chainId: fc.integer({ min: 1, max: 2 ** 31 }),
  nonce: fc.nat(),
  to: fc.option(address, { nil: undefined }),
  value: fc.bigInt(0n, 2n ** 128n),
  data: fc.uint8Array().map((bytes) => bytesToHex(bytes)),
  gas: fc.bigInt(21_000n, 16_777_216n),
  maxFeePerGas: fc.bigInt(1_000n, 2n ** 64n),
  maxPriorityFeePerGas: fc.bigInt(0n, 1_000n),
});

describe('a signed transaction', () => {
  it('is the same, byte for byte, as the one that viem signs', async () => {
    await fc.assert(
      fc.asyncProperty(transaction, privateKey, async (unsigned, key) => {
        const account = privateKeyToAccount(bytesToHex(key));
        const { raw } = signTransaction(unsigned, key);
        expect(raw).toBe(await account.signTransaction({ type: 'eip1559', ...unsigned }));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the fees', () => {
  it('leave room for the base fee to grow eightfold', () => {
    const fees = feesFor(21_000n, { baseFee: 100n, priorityFee: 5n });
    expect(fees).toEqual({ gas: 21_000n, maxFeePerGas: 805n, maxPriorityFeePerGas: 5n });
    expect(highestCost({ value: 1n, ...fees })).toBe(1n + 21_000n * 805n);
  });

  it('take an estimate with a fifth more, and a plain transfer as it is', () => {
    expect(withMargin(100_000n)).toBe(120_000n);
    expect(withMargin(21_000n)).toBe(21_000n);
  });
});

const state = fc.record({
  chain: fc.nat(20),
  settled: fc.integer({ min: -1, max: 20 }),
  open: fc.uniqueArray(fc.nat(30)),
});

describe('the next nonce', () => {
  it('is new to the chain, follows what was seen in blocks, and is taken by nothing open', () => {
    fc.assert(
      fc.property(state, (known) => {
        const nonce = nextNonce(known);
        expect(nonce).toBeGreaterThanOrEqual(known.chain);
        expect(nonce).toBeGreaterThan(known.settled);
        expect(known.open).not.toContain(nonce);
        for (let lower = Math.max(known.chain, known.settled + 1); lower < nonce; lower++) {
          expect(known.open).toContain(lower);
        }
      }),
    );
  });

  it('takes the place of one that failed', () => {
    expect(nextNonce({ chain: 3, settled: 2, open: [3, 5, 6] })).toBe(4);
  });
});

describe('the gaps', () => {
  it('are gone when they are filled', () => {
    fc.assert(
      fc.property(state, (known) => {
        const open = [...known.open, ...nonceGaps(known)];
        expect(nonceGaps({ ...known, open })).toEqual([]);
        expect(nextNonce({ ...known, open })).toBeGreaterThan(
          Math.max(-1, ...known.open.filter((n) => n >= known.chain && n > known.settled)),
        );
      }),
    );
  });

  it('are none where nothing is open behind them', () => {
    expect(nonceGaps({ chain: 3, settled: -1, open: [] })).toEqual([]);
    expect(nonceGaps({ chain: 3, settled: -1, open: [3, 4] })).toEqual([]);
    expect(nonceGaps({ chain: 3, settled: -1, open: [5, 7] })).toEqual([3, 4, 6]);
  });
});
