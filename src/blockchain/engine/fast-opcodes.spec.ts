import { type Block, createBlock } from '@ethereumjs/block';
import { createEVM, type EVM } from '@ethereumjs/evm';
import { MerkleStateManager } from '@ethereumjs/statemanager';
import { bytesToHex, concatBytes, createAccount, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import fc from 'fast-check';
import { concat, type Hex, numberToHex, pad } from 'viem';
import { testChain } from '../testing/test-chain.js';
import { REMOVED_PRECOMPILES } from './chain-common.js';
import { createChainVm } from './chain-vm.js';
import { StateOverlay } from './state-overlay.js';
import { openHeadState } from './tracked-state.js';

const CONTRACT = '0x00000000000000000000000000000000000c0de0';
const OTHER = '0x00000000000000000000000000000000000c0de1';
const push = (value: bigint): Hex => concat(['0x7f', pad(numberToHex(value), { size: 32 })]);
/** Small ones, and some that reach past every end. */
const offset = fc.oneof(fc.bigInt(0n, 70n), fc.constantFrom(2n ** 64n, 2n ** 256n - 1n));
const place = fc.bigInt(0n, 70n);

/** Each writes slots 0 and 1 and leaves or reverts. */
const WRITERS: [Hex, Hex][] = [
  ['0x00000000000000000000000000000000000c0de2', '0x60015f5560025a600255'],
  ['0x00000000000000000000000000000000000c0de3', '0x60025f555f6001555f5ffd'],
];

describe('the faster operations', () => {
  let fast: EVM;
  let slow: EVM;
  let block: Block;

  beforeEach(async () => {
    const { common } = await testChain();
    const header = { number: 3n, timestamp: 1_760_000_000n, gasLimit: 60_000_000n, baseFeePerGas: 7n };
    block = createBlock({ header, withdrawals: [] }, { common });
    const open = async () => {
      const state = openHeadState(common, new StateOverlay(async () => undefined), new Uint8Array());
      return filled(state);
    };
    const filled = async <State extends MerkleStateManager>(state: State): Promise<State> => {
      for (const [address, code] of [[CONTRACT, '0x00'], [OTHER, `0x${'ab'.repeat(50)}`], ...WRITERS] as [Hex, Hex][]) {
        await state.putAccount(createAddressFromString(address), createAccount({ nonce: 1n }));
        await state.putCode(createAddressFromString(address), hexToBytes(code));
      }
      return state;
    };
    ({ evm: fast } = await createChainVm(common, await open()));
    const stateManager = await filled(new MerkleStateManager({ common }));
    slow = (await createEVM({ common, stateManager, customPrecompiles: REMOVED_PRECOMPILES })) as EVM;
  });

  /** Runs a code as a contract on both; what each leaves behind stays for the next. */
  async function expectSameRun(code: Uint8Array): Promise<void> {
    const run = async (evm: EVM) => {
      const to = createAddressFromString(CONTRACT);
      const state = evm.stateManager as MerkleStateManager;
      await state.putCode(to, concatBytes(Uint8Array.of(0x5b), code));
      const { execResult } = await evm.runCall({
        to,
        block,
        data: hexToBytes(`0x${'cd'.repeat(40)}`),
        gasLimit: 300_000n,
      });
      evm.journal.cleanJournal();
      state.originalStorageCache.clear();
      return {
        returned: bytesToHex(execResult.returnValue),
        gas: execResult.executionGasUsed,
        refund: execResult.gasRefund,
        logs: execResult.logs?.length ?? 0,
        error: execResult.exceptionError?.error,
        root: bytesToHex(await state.getStateRoot()),
      };
    };
    expect(await run(fast)).toEqual(await run(slow));
  }

  it('any code, jumps and nonsense included, does the same', async () => {
    const instruction = fc.oneof(
      { weight: 3, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 1 }) },
      // Few places and many jumps, so that some of them are right.
      { weight: 3, arbitrary: fc.nat(40).map((to) => Uint8Array.of(0x60, to, 0x60, to & 1, 0x90, 0x57, 0x5b)) },
      { weight: 2, arbitrary: fc.nat(255).map((value) => Uint8Array.of(0x60, value)) },
      {
        weight: 1,
        arbitrary: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((word) => Uint8Array.of(0x7f, ...word)),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(instruction, { maxLength: 30 }), (parts) => expectSameRun(concatBytes(...parts))),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it('a jump into what a push holds fails on both', () => expectSameRun(hexToBytes('0x600556605b00')));

  it('slots cost and hold the same, whatever is written, called and reverted', async () => {
    const small = fc.nat(2);
    const instruction = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.tuple(small, small).map(([slot, value]) => Uint8Array.of(0x60, value, 0x60, slot, 0x55)),
      },
      small.map((slot) => Uint8Array.of(0x60, slot, 0x54, 0x50)),
      // A call or a delegated call of one that writes, and of one that writes and reverts.
      fc
        .tuple(fc.constantFrom(0xf1, 0xf4), fc.constantFrom(...WRITERS))
        .map(([kind, [address]]) =>
          hexToBytes(
            concat(['0x5f5f5f5f', kind === 0xf1 ? '0x5f73' : '0x73', address, '0x61ffff', numberToHex(kind), '0x50']),
          ),
        ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(instruction, { maxLength: 14 }), (parts) => expectSameRun(concatBytes(...parts))),
      { numRuns: 80, endOnFailure: true },
    );
  });

  async function expectSame(operations: readonly Hex[]): Promise<void> {
    // Memory is not empty at first, and all of it is returned.
    const fill: Hex[] = [0n, 32n, 64n, 96n].flatMap((at) => [push(2n ** 256n - 1n), push(at), '0x52']);
    const code = hexToBytes(concat([...fill, ...operations, '0x595ff3']));
    const run = async (evm: EVM) => {
      const to = createAddressFromString(CONTRACT);
      const result = await evm.runCode({ code, to, data: hexToBytes(`0x${'cd'.repeat(40)}`), gasLimit: 1_000_000n });
      return [bytesToHex(result.returnValue), result.executionGasUsed, result.exceptionError?.error];
    };
    expect(await run(fast)).toEqual(await run(slow));
  }

  it.each([
    ['CALLDATACOPY', '0x37'],
    ['CODECOPY', '0x39'],
    ['EXTCODECOPY', `${push(BigInt(OTHER))}3c`],
  ] as [string, Hex][])('%s copies the same', async (_, operation) => {
    await fc.assert(
      fc.asyncProperty(place, offset, place, (to, from, length) =>
        expectSame([push(length), push(from), push(to), operation]),
      ),
      { numRuns: 60 },
    );
  });

  it('MSTORE stores the same', async () => {
    const word = fc.bigInt(0n, 2n ** 256n - 1n);
    await fc.assert(
      fc.asyncProperty(place, word, (to, value) => expectSame([push(value), push(to), '0x52'])),
      { numRuns: 60 },
    );
  });
});
