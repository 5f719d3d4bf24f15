import { createEVM, type EVM } from '@ethereumjs/evm';
import { bytesToHex, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import fc from 'fast-check';
import { concat, type Hex, numberToHex, pad } from 'viem';
import { testChain } from '../testing/test-chain.js';
import { createChainVm } from './chain-vm.js';
import { StateOverlay } from './state-overlay.js';
import { openHeadState } from './tracked-state.js';

const OTHER = '0x00000000000000000000000000000000000c0de1';
const push = (value: bigint): Hex => concat(['0x7f', pad(numberToHex(value), { size: 32 })]);
/** Small ones, and some that reach past every end. */
const offset = fc.oneof(fc.bigInt(0n, 70n), fc.constantFrom(2n ** 64n, 2n ** 256n - 1n));
const place = fc.bigInt(0n, 70n);

describe('the faster operations', () => {
  let fast: EVM;
  let slow: EVM;

  beforeAll(async () => {
    const { common } = await testChain();
    const open = async () => {
      const state = openHeadState(common, new StateOverlay(async () => undefined), new Uint8Array());
      await state.putCode(createAddressFromString(OTHER), hexToBytes(`0x${'ab'.repeat(50)}`));
      return state;
    };
    ({ evm: fast } = await createChainVm(common, await open()));
    slow = (await createEVM({ common, stateManager: await open() })) as EVM;
  });

  async function expectSame(operations: readonly Hex[]): Promise<void> {
    // Memory is not empty at first, and all of it is returned.
    const fill: Hex[] = [0n, 32n, 64n, 96n].flatMap((at) => [push(2n ** 256n - 1n), push(at), '0x52']);
    const code = hexToBytes(concat([...fill, ...operations, '0x595ff3']));
    const run = async (evm: EVM) => {
      const to = createAddressFromString('0x00000000000000000000000000000000000c0de0');
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
