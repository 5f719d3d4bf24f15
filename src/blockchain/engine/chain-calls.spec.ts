import { hexToBytes } from '@ethereumjs/util';
import { type Hex, parseEther, parseGwei } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { type TestChain, testChain } from '../testing/test-chain.js';
import type { CallRequest } from './call-request.js';
import type { EngineError } from './engine-error.js';

const BOX = '0x00000000000000000000000000000000000000b0';
const SLOT_0 = `0x${'00'.repeat(32)}` as const;
/** return sload(0) */
const READ_SLOT = hexToBytes('0x60005460005260206000f3');
/** return caller */
const READ_CALLER = hexToBytes('0x3360005260206000f3');
const nothing = new Uint8Array();

function word(value: bigint | number): Hex {
  return `0x${BigInt(value).toString(16).padStart(64, '0')}`;
}

describe('a call', () => {
  let chain: TestChain;
  beforeAll(async () => {
    chain = await testChain();
    await chain.sealTraffic(2);
  });

  const run = (request: Partial<CallRequest>) => chain.call({ data: nothing, value: 0n, ...request });
  const estimate = (request: Partial<CallRequest>) => chain.estimateGas({ data: nothing, value: 0n, ...request });
  const failed = async (work: Promise<unknown>): Promise<EngineError> =>
    work.then(
      () => {
        throw new Error('It succeeded.');
      },
      (error: EngineError) => error,
    );
  const box = (code: string | Uint8Array) => [
    { address: BOX, code: typeof code === 'string' ? hexToBytes(code as Hex) : code },
  ];
  /** Returns the 32 bytes that an opcode without arguments leaves. */
  const readOpcode = (opcode: string, request: Partial<CallRequest> = {}) =>
    run({ to: BOX, ...request, stateOverrides: box(`0x${opcode}60005260206000f3`) });

  describe('of a contract', () => {
    const sender = { from: BOX, stateOverrides: box('0x00') };

    it('is run in its name', async () => {
      const overrides = [...sender.stateOverrides, { address: `0x${'c1'.repeat(20)}`, code: READ_CALLER }];
      expect(await run({ from: BOX, to: `0x${'c1'.repeat(20)}`, stateOverrides: overrides })).toBe(word(BigInt(BOX)));
    });

    it('is estimated, although a contract can send no transaction', async () => {
      expect(await estimate({ ...sender, to: chain.accounts[1].address })).toBe(21_000n);
    });
  });

  describe('with value', () => {
    it('needs the funds', async () => {
      const [alice, bob] = chain.accounts;
      const request = { from: alice.address, to: bob.address, value: parseEther('1001') };
      expect(await failed(run(request))).toMatchObject({
        fault: 'insufficient_funds',
        message: expect.stringMatching(/^insufficient funds for gas \* price \+ value: address 0x/),
      });
      expect(await failed(run({ to: bob.address, value: 1n }))).toMatchObject({ fault: 'insufficient_funds' });
      expect(await run({ from: alice.address, to: bob.address, value: 1n })).toBe('0x');
    });

    it('has them from a state override', async () => {
      const poor = privateKeyToAccount(generatePrivateKey()).address;
      const request = { from: poor, to: chain.accounts[0].address, value: 5n };
      expect(await run({ ...request, stateOverrides: [{ address: poor, balance: 5n }] })).toBe('0x');
    });
  });

  describe('with a price', () => {
    it('sees it and the base fee, and needs the funds for all its gas', async () => {
      const [alice] = chain.accounts;
      const fees = { maxFeePerGas: parseGwei('3'), maxPriorityFeePerGas: parseGwei('1') };
      const baseFee = BigInt(await readOpcode('48', { from: alice.address, fees }));
      expect(baseFee).toBe(chain.stored.at(-1)!.block.baseFee);
      expect(BigInt(await readOpcode('3a', { from: alice.address, fees }))).toBe(baseFee + parseGwei('1'));
      const poor = { from: alice.address, fees: { maxFeePerGas: parseEther('1'), maxPriorityFeePerGas: 0n } };
      expect(await failed(readOpcode('48', { ...poor, gas: 2_000n * 1_000n }))).toMatchObject({
        fault: 'insufficient_funds',
      });
      expect(
        await failed(
          readOpcode('48', { from: alice.address, fees: { ...fees, maxFeePerGas: 1n, maxPriorityFeePerGas: 0n } }),
        ),
      ).toMatchObject({
        message: expect.stringMatching(/^max fee per gas less than block base fee/),
      });
    });

    it('is free without one', async () => {
      expect(BigInt(await readOpcode('48'))).toBe(0n);
      expect(BigInt(await readOpcode('3a'))).toBe(0n);
    });

    it('is estimated with no more gas than the sender can pay', async () => {
      const [alice] = chain.accounts;
      const balance = (await chain.account(alice.address)).balance;
      const fees = { maxFeePerGas: balance / 20_999n, maxPriorityFeePerGas: 0n };
      expect(await failed(estimate({ from: alice.address, to: BOX, fees }))).toMatchObject({
        message: 'gas required exceeds allowance (20999)',
      });
    });
  });

  it('with less than the intrinsic gas says what it takes', async () => {
    const request = { from: chain.accounts[0].address, to: BOX, gas: 20_999n };
    expect(await failed(run(request))).toMatchObject({
      fault: 'execution_failed',
      message: 'intrinsic gas too low: have 20999, want 21000',
    });
    expect(await failed(estimate(request))).toMatchObject({ message: 'gas required exceeds allowance (20999)' });
  });

  it('with too long an initcode says how long it may be', async () => {
    const data = new Uint8Array(49_153);
    const message = 'max initcode size exceeded: code size 49153 limit 49152';
    expect(await failed(run({ data }))).toMatchObject({ fault: 'execution_failed', message });
    expect(await failed(estimate({ data }))).toMatchObject({ fault: 'execution_failed', message });
    expect(await run({ data, to: BOX })).toBe('0x');
  });

  it('that runs out of gas cannot be estimated', async () => {
    const stateOverrides = box('0x5b600056');
    expect(await failed(estimate({ to: BOX, gas: 100_000n, stateOverrides }))).toMatchObject({
      message: 'gas required exceeds allowance (100000)',
    });
  });

  it('pays for its access list, and reads what it lists at the warm price', async () => {
    const bare = await estimate({ to: BOX });
    const accessList = [{ address: BOX, storageKeys: [SLOT_0, word(1)] }];
    const listed = bare + 2_400n + 2n * 1_900n;
    const estimated = await estimate({ to: BOX, accessList });
    expect(estimated).toBeGreaterThanOrEqual(listed);
    expect(estimated * 1000n).toBeLessThanOrEqual(listed * 1015n);
    // return gas before sload(0) less gas after it
    const code = box('0x5a600054505a9003' + '60005260206000f3');
    const cost = async (list: CallRequest['accessList']) =>
      BigInt(await run({ to: BOX, accessList: list, stateOverrides: code }));
    expect(((await cost([])) - (await cost(accessList))) & ((1n << 255n) - 1n)).toBe(2_000n);
  });

  describe('with an authorization', () => {
    const owner = privateKeyToAccount(generatePrivateKey());
    const signed = async (nonce: number) => {
      const { chainId } = chain.genesis;
      const { r, s, yParity } = await owner.signAuthorization({ chainId, nonce, contractAddress: BOX });
      const [whole, half] = [BigInt(r), BigInt(s)];
      return {
        chainId: BigInt(chainId),
        address: BOX,
        nonce: BigInt(nonce),
        yParity: BigInt(yParity!),
        r: whole,
        s: half,
      };
    };

    it('runs the code that the account is delegated to', async () => {
      const authorizationList = [await signed(0)];
      const request = { to: owner.address, stateOverrides: box('0x602a60005260206000f3') };
      expect(await run({ ...request, authorizationList })).toBe(word(42));
      expect(await run(request)).toBe('0x');
    });

    it('costs what the transaction then costs', async () => {
      const [alice] = chain.accounts;
      const authorization = await signed(0);
      const gas = await estimate({ from: alice.address, to: owner.address, authorizationList: [authorization] });
      expect(gas).toBeGreaterThanOrEqual(46_000n);
      const nonce = Number((await chain.account(alice.address)).nonce);
      const raw = await chain.sign(alice, {
        type: 'eip7702',
        to: owner.address,
        gas,
        nonce,
        authorizationList: [await owner.signAuthorization({ chainId: 7733, nonce: 0, contractAddress: BOX })],
      } as never);
      const { packed } = await chain.seal([raw]);
      expect(packed.transactions[0]).toMatchObject({ succeeded: true });
      expect(await chain.code(owner.address)).toBe(`0xef0100${BOX.slice(2)}`);
      // An account with a delegation goes on sending.
      expect(await estimate({ from: owner.address, to: alice.address })).toBe(21_000n);
    });

    it('that is signed wrongly is skipped, as in a transaction', async () => {
      const wrong = { ...(await signed(0)), r: 1n };
      const request = { to: privateKeyToAccount(generatePrivateKey()).address, authorizationList: [wrong] };
      expect(await run(request)).toBe('0x');
    });
  });

  describe('with overrides', () => {
    it('of an account sees them, and the chain keeps what it has', async () => {
      const storage = { replace: false, slots: [[SLOT_0, word(7)] as const] };
      expect(await run({ to: BOX, stateOverrides: [{ address: BOX, code: READ_SLOT, storage }] })).toBe(word(7));
      expect(await chain.code(BOX)).toBe('0x');
      expect(await chain.storage(BOX, 0n)).toBe(word(0));
    });

    it('of some slots keeps the others; of the whole storage forgets them', async () => {
      const address = chain.stored[1]!.transactions.find(({ contractAddress }) => contractAddress)!.contractAddress!;
      const read = (replace: boolean) => {
        const storage = { replace, slots: [[word(5), word(9)] as const] };
        return run({ to: address, stateOverrides: [{ address, code: READ_SLOT, storage }] });
      };
      expect(await chain.storage(address, 0n)).toBe(word(1));
      expect(await read(false)).toBe(word(1));
      expect(await read(true)).toBe(word(0));
    });

    it.each([
      ['number', '43', { number: 77n }, 77n],
      ['time', '42', { timestamp: 1_999_999_999n }, 1_999_999_999n],
      ['gas limit', '45', { gasLimit: 30_000_001n }, 30_000_001n],
      ['recipient of fees', '41', { coinbase: BOX }, BigInt(BOX)],
      ['randomness', '44', { prevRandao: word(12345) }, 12345n],
    ])('of the block sees its %s', async (_, opcode, blockOverrides, value) => {
      expect(BigInt(await readOpcode(opcode, { blockOverrides }))).toBe(value);
    });
  });

  it('with numbers that no transaction can have is refused', async () => {
    const most = (1n << 256n) - 1n;
    const fees = { maxFeePerGas: most, maxPriorityFeePerGas: 0n };
    const address = chain.accounts[0].address;
    const nonce = (1n << 64n) - 1n;
    for (const request of [{ fees, gas: 30_000n }, { stateOverrides: [{ address, nonce }] }])
      expect(await failed(run({ from: address, to: BOX, ...request }))).toMatchObject({ fault: 'execution_failed' });
  });

  it('that pays sees the base fee that was put in place of the block', async () => {
    const fees = { maxFeePerGas: 9n, maxPriorityFeePerGas: 0n };
    const request = { from: chain.accounts[0].address, fees, blockOverrides: { baseFeePerGas: 8n } };
    expect(BigInt(await readOpcode('48', request))).toBe(8n);
  });

  it('leaves no trace in the chain', async () => {
    const before = await chain.fingerprint();
    await run({ from: chain.accounts[0].address, to: chain.accounts[1].address, value: 1n });
    await estimate({ from: chain.accounts[0].address, data: hexToBytes('0x6001600055') });
    expect(await chain.fingerprint()).toEqual(before);
  });
});
