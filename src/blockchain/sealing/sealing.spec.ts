import fc from 'fast-check';
import { createBlockHeader } from '@ethereumjs/block';
import { createChainCommon } from '../engine/chain-common.js';
import { loadChainCrypto } from '../engine/chain-crypto.js';
import { testChain } from '../testing/test-chain.js';
import { isBlockDue } from './block-timing.js';
import { nextBaseFee } from './fees.js';

const quiet = { sinceLast: 5_000, intervalMs: 1_000, lastHadTransactions: false, hasTransactions: false };

describe('a block is due', () => {
  it.each([
    ['when transactions wait and the interval is over', { hasTransactions: true, sinceLast: 1_000 }, true],
    ['not when the interval is not over, whatever waits', { hasTransactions: true, sinceLast: 999 }, false],
    ['when the last one had transactions: an empty one follows', { lastHadTransactions: true, sinceLast: 1_000 }, true],
    ['not when nothing happens', {}, false],
    ['when nothing happened for a minute', { sinceLast: 60_000 }, true],
  ])('%s', (_, fields, due) => {
    expect(isBlockDue({ ...quiet, ...fields })).toBe(due);
  });
});

describe('the base fee of the next block', () => {
  it('is what EthereumJS computes', async () => {
    const { genesis } = await testChain();
    const common = createChainCommon(genesis, await loadChainCrypto());
    const gasLimit = genesis.gasLimit;
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, gasLimit), (baseFeePerGas, gasUsed) => {
        const header = createBlockHeader({ number: 1n, gasLimit, gasUsed, baseFeePerGas }, { common });
        expect(nextBaseFee(baseFeePerGas, gasUsed, gasLimit)).toBe(header.calcNextBaseFee());
      }),
    );
  });

  it('stays at 7 in quiet times', () => {
    expect(nextBaseFee(7n, 0n, 60_000_000n)).toBe(7n);
  });
});
