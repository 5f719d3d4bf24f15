import { createBlockFromRLP, createBlock } from '@ethereumjs/block';
import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes, KECCAK256_RLP } from '@ethereumjs/util';
import { runBlock } from '@ethereumjs/vm';
import { keccak256, parseEther, toHex } from 'viem';
import { createChainCommon } from './chain-common.js';
import { loadChainCrypto } from './chain-crypto.js';
import { createChainVm } from './chain-vm.js';
import { decodeEnvelope, encodeEnvelope } from './envelope.js';
import { writeGenesisState } from './genesis-state.js';
import { LOGGING_CONTRACT, type TestChain, testChain } from '../testing/test-chain.js';
import { StateOverlay } from './state-overlay.js';
import { openHeadState } from './tracked-state.js';

describe('a chain of one validator', () => {
  let chain: TestChain;

  beforeEach(async () => {
    chain = await testChain();
  });

  it('when a transfer is sealed, moves the value and pays the fee to the validator', async () => {
    const [alice, bob] = chain.accounts;
    const raw = await chain.sign(alice, { to: bob.address, value: parseEther('3'), nonce: 0 });
    const { packed } = await chain.seal([raw]);
    expect(packed.transactions[0]).toMatchObject({
      succeeded: true,
      gasUsed: 21_000,
      sender: alice.address.toLowerCase(),
    });
    const [after] = await chain.engine.accounts([bob.address]);
    expect(after!.balance).toBe(parseEther('1003'));
    const fee = 21_000n * packed.transactions[0]!.gasPrice;
    const changed = Object.fromEntries(
      packed.balances.map(({ address, before, after: now }) => [address, now - before]),
    );
    expect(changed[alice.address.toLowerCase()]).toBe(-parseEther('3') - fee);
    const burnt = 21_000n * packed.block.baseFee;
    expect(changed[chain.validatorAddress]).toBe(fee - burnt);
  });

  it('when the engine is opened anew at the head, continues from the stored state', async () => {
    const [alice, bob] = chain.accounts;
    await chain.seal([await chain.sign(alice, { to: bob.address, value: 1n, nonce: 0 })]);
    const reopened = await chain.reopen();
    const { packed } = await reopened.seal([await chain.sign(alice, { to: bob.address, value: 1n, nonce: 1 })]);
    expect(packed.block.number).toBe(2);
    expect((await reopened.engine.accounts([alice.address]))[0]!.nonce).toBe(2n);
  });

  it('when a contract logs, stores and leaves code, a new engine finds all of it', async () => {
    const raw = await chain.sign(chain.accounts[0], { data: LOGGING_CONTRACT, gas: 200_000n, nonce: 0 });
    const { packed } = await chain.seal([raw]);
    const address = packed.transactions[0]!.contractAddress!;
    expect(packed.logs).toEqual([
      expect.objectContaining({ address, topics: [toHex(1, { size: 32 })], data: toHex(42, { size: 32 }), index: 0 }),
    ]);
    const { reader, header } = await chain.reopen();
    expect(await reader.code(address, header)).toBe('0x2a');
    expect(await reader.storage(address, 0n, header)).toBe(toHex(1, { size: 32 }));
    expect(await reader.storage(address, 0n, chain.stored[0]!.block.header)).toBe(toHex(0, { size: 32 }));
    const proof = (await reader.proof(address, [0n], header)) as { storageProof: { value: string }[] };
    expect(proof.storageProof[0]!.value).toBe('0x1');
  });

  it('when a block is abandoned, the next one is as if it had never been', async () => {
    const [alice, bob] = chain.accounts;
    const raw = await chain.sign(alice, { to: bob.address, value: 5n, nonce: 0 });
    const first = await chain.sealUnstored([raw]);
    await chain.engine.abandon();
    const second = await chain.sealUnstored([raw]);
    expect(second.packed.block.stateRoot).toBe(first.packed.block.stateRoot);
    expect(second.packed.balances).toEqual(first.packed.balances);
  });

  it('when a candidate cannot start, leaves it out and says why', async () => {
    const [alice, bob] = chain.accounts;
    const gapped = await chain.sign(alice, { to: bob.address, value: 5n, nonce: 7 });
    const good = await chain.sign(bob, { to: alice.address, value: 5n, nonce: 0 });
    const { packed, refused } = await chain.seal([gapped, good]);
    expect(packed.transactions).toHaveLength(1);
    expect([...refused.values()][0]).toMatch(/nonce/);
  });

  it('when a candidate takes too long, leaves it out: the block is as if it had not been offered', async () => {
    const [alice, bob, carol] = chain.accounts;
    // Stores something and then creates a contract whose constructor loops.
    const slow = await chain.sign(carol, {
      data: '0x60015f55625b5f565f526003601d5ff000',
      value: 7n,
      gas: 16_000_000n,
      nonce: 0,
    });
    const first = await chain.sign(alice, { data: LOGGING_CONTRACT, gas: 200_000n, nonce: 0 });
    const last = await chain.sign(bob, { data: LOGGING_CONTRACT, gas: 200_000n, nonce: 0 });
    const { packed, refused, timedOut } = await chain.sealUnstored([first, slow, last], 200);
    expect([...timedOut]).toEqual([keccak256(slow)]);
    expect(refused.size).toBe(0);
    await chain.engine.abandon();
    const without = await chain.sealUnstored([first, last]);
    expect(packed.block).toEqual(without.packed.block);
    expect(packed.balances).toEqual(without.packed.balances);
    expect(packed.nodes).toHaveLength(without.packed.nodes.length);
  });

  it('gives a candidate that may use only what is left no more than that', async () => {
    const [alice, bob] = chain.accounts;
    const looping = { data: '0x5b5f56', gas: 16_000_000n, nonce: 0 } as const;
    const raws = [await chain.sign(alice, looping), await chain.sign(bob, looping)];
    const transactions = raws.map((raw) => ({ hash: keccak256(raw), raw, isBounded: true }));
    const began = performance.now();
    const { timedOut, packed } = await chain.engine.seal({ transactions, now: chain.now() + 1, budgetMs: 120 });
    expect(packed.transactions).toHaveLength(0);
    expect([...timedOut]).toEqual([transactions[0]!.hash]);
    expect(performance.now() - began).toBeLessThan(3_000);
    await chain.engine.abandon();
  });

  it('runs one candidate even when preparing the block took all the time', async () => {
    const [alice, bob] = chain.accounts;
    const raws = [alice, bob].map((sender) => chain.sign(sender, { to: bob.address, value: 1n, nonce: 0 }));
    const transactions = (await Promise.all(raws)).map((raw) => ({ hash: keccak256(raw), raw, isBounded: false }));
    const { packed } = await chain.engine.seal({ transactions, now: chain.now() + 1, budgetMs: -1 });
    expect(packed.transactions.map(({ hash }) => hash)).toEqual([transactions[0]!.hash]);
    await chain.engine.abandon();
  });

  it('when a whole chain is imported into a fresh engine, every root agrees', async () => {
    await chain.sealTraffic(6);
    const copy = await chain.emptyCopy();
    for (const stored of chain.stored.slice(1)) await copy.import(stored);
    expect(copy.stored.map(({ block }) => block.hash)).toEqual(chain.stored.map(({ block }) => block.hash));
    expect(copy.nodeCount).toBe(chain.nodeCount);
  });

  it('when EthereumJS itself runs our blocks, it accepts every one', async () => {
    await chain.sealTraffic(4);
    const common = createChainCommon(chain.genesis, await loadChainCrypto());
    const state = openHeadState(common, new StateOverlay(async () => undefined), KECCAK256_RLP);
    await writeGenesisState(state, chain.genesis);
    const vm = await createChainVm(common, state);
    for (const stored of chain.stored.slice(1)) {
      const block = createBlockFromRLP(chain.blockRlp(stored), { common });
      await runBlock(vm, { block, skipHeaderValidation: true, skipHardForkValidation: true, validateBlockSize: true });
    }
    expect(bytesToHex(await state.getStateRoot())).toBe(chain.stored.at(-1)!.block.stateRoot);
  });

  describe('when a foreign block was tampered with', () => {
    const fields = [
      'parentHash',
      'coinbase',
      'stateRoot',
      'transactionsTrie',
      'receiptTrie',
      'logsBloom',
      'number',
      'gasLimit',
      'gasUsed',
      'timestamp',
      'extraData',
      'mixHash',
      'baseFeePerGas',
      'excessBlobGas',
      'parentBeaconBlockRoot',
      'requestsHash',
    ] as const;

    it.each(fields)('refuses another %s even with a valid seal, and changes nothing', async (field) => {
      await chain.sealTraffic(1);
      const copy = await chain.emptyCopy();
      const block = createBlockFromRLP(chain.blockRlp(chain.stored[1]!), { common: chain.common });
      const value = block.header[field] as Uint8Array | bigint;
      const altered =
        typeof value === 'bigint'
          ? value + 1n
          : flipped('bytes' in value ? (value as unknown as { bytes: Uint8Array }).bytes : value);
      const header = {
        ...block.header.toJSON(),
        [field]: altered,
        gasLimit: field === 'gasLimit' ? block.header.gasLimit + 1n : block.header.gasLimit,
      };
      const forged = createBlock(
        { header: header as never, transactions: block.transactions, withdrawals: [] },
        { common: chain.common },
      );
      const before = await copy.fingerprint();
      await expect(
        copy.engine.importBlock(forged.serialize(), chain.resealed(forged.header), chain.now()),
      ).rejects.toMatchObject({ fault: 'invalid_block' });
      expect(await copy.fingerprint()).toEqual(before);
      await copy.import(chain.stored[1]!);
    });

    it('refuses a missing, foreign or doubled seal', async () => {
      await chain.sealTraffic(1);
      const copy = await chain.emptyCopy();
      const stored = chain.stored[1]!;
      const envelope = decodeEnvelope(hexToBytes(stored.block.envelope as `0x${string}`));
      const seal = envelope.seals[0]!;
      for (const seals of [[], [flipped(seal)], [seal, seal]]) {
        const forged = encodeEnvelope({ ...envelope, seals });
        await expect(copy.engine.importBlock(chain.blockRlp(stored), forged, chain.now())).rejects.toMatchObject({
          fault: 'invalid_block',
        });
      }
    });

    it('refuses a body with a transaction more or less', async () => {
      await chain.sealTraffic(1);
      const copy = await chain.emptyCopy();
      const stored = chain.stored[1]!;
      const [header, transactions, ...rest] = RLP.decode(chain.blockRlp(stored)) as unknown as [
        Uint8Array[],
        Uint8Array[],
        Uint8Array[],
      ];
      for (const body of [transactions.slice(1), [...transactions, transactions[0]!]]) {
        const forged = RLP.encode([header, body, ...rest] as never);
        const envelope = hexToBytes(stored.block.envelope as `0x${string}`);
        await expect(copy.engine.importBlock(forged, envelope, chain.now())).rejects.toMatchObject({
          fault: 'invalid_block',
        });
      }
      await copy.import(stored);
    });

    it('refuses bytes that are no block', async () => {
      await expect(
        chain.engine.importBlock(Uint8Array.of(1, 2, 3), Uint8Array.of(), chain.now()),
      ).rejects.toMatchObject({ fault: 'invalid_block' });
    });
  });

  it('when a call reverts, gives the reason and its data', async () => {
    const revert = '0x60206000fd' as const; // revert(0, 32)
    const code = hexToBytes(revert);
    await expect(chain.call({ data: code, value: 0n })).rejects.toMatchObject({
      fault: 'execution_reverted',
      data: `0x${'00'.repeat(32)}`,
    });
  });

  it('when gas is estimated, the transaction succeeds with it', async () => {
    const [alice, bob] = chain.accounts;
    expect(await chain.estimateGas({ from: alice.address, to: bob.address, data: new Uint8Array(), value: 1n })).toBe(
      21_000n,
    );
    const store = hexToBytes('0x600160005560016001556000600055'); // writes two slots, clears one: needs more than it pays
    const gas = await chain.estimateGas({ from: alice.address, data: store, value: 0n });
    const raw = await chain.sign(alice, { data: bytesToHex(store), gas, nonce: 0 });
    const { packed } = await chain.seal([raw]);
    expect(packed.transactions[0]!.succeeded).toBe(true);
  });

  it('when more value is moved than the sender has, the estimate says insufficient funds', async () => {
    const [alice, bob] = chain.accounts;
    const request = { from: alice.address, to: bob.address, data: new Uint8Array(), value: parseEther('1001') };
    await expect(chain.estimateGas(request)).rejects.toMatchObject({ fault: 'insufficient_funds' });
  });

  it('when a removed precompile is called, nothing is there', async () => {
    const call = { to: '0x000000000000000000000000000000000000000b', data: new Uint8Array(256), value: 0n };
    expect(await chain.call(call)).toBe('0x');
    expect(await chain.call({ ...call, to: '0x0000000000000000000000000000000000000002' })).toHaveLength(66);
  });

  it('when blake2f is asked for more rounds than a transaction can pay here, runs none', async () => {
    const rounds = (count: number) => hexToBytes(`0x${count.toString(16).padStart(8, '0')}${'00'.repeat(208)}01`);
    const call = { to: '0x0000000000000000000000000000000000000009', value: 0n };
    expect(await chain.call({ ...call, data: rounds(12) })).toHaveLength(130);
    await expect(chain.call({ ...call, data: rounds(2_000_000) })).rejects.toMatchObject({ fault: 'execution_failed' });
  });

  it.each([
    ['bn254AddGas', 1_500n],
    ['bn254MulGas', 60_000n],
    ['bn254PairingGas', 450_000n],
    ['bn254PairingWordGas', 340_000n],
    ['blake2RoundGas', 10n],
    ['callGas', 600n],
    ['callcodeGas', 600n],
    ['delegatecallGas', 600n],
    ['staticcallGas', 600n],
  ])('has a price of its own for %s', (name, price) => {
    expect(chain.common.param(name)).toBe(price);
  });

  it('when a contract asks for a block hash, gets the one of the chain', async () => {
    await chain.sealTraffic(3);
    const hashOfTwo = hexToBytes('0x60024060005260206000f3'); // return blockhash(2)
    const at = chain.stored[3]!.block.header;
    expect(await chain.call({ data: hashOfTwo, value: 0n }, at)).toBe(chain.stored[2]!.block.hash);
  });

  it.each([
    ['garbage', async () => Uint8Array.of(0xff, 1, 2), /rlp/],
    ['an empty text', async () => new Uint8Array(), /empty/],
    ['a blob transaction', async () => Uint8Array.of(3, 0xc0), /not supported/],
    ['another chain', async () => chain.sign(chain.accounts[0], { nonce: 0, chainId: 1 }), /chain id/],
    ['no replay protection', async () => chain.signUnprotected(chain.accounts[0]), /replay-protected/],
    ['too little gas', async () => chain.sign(chain.accounts[0], { nonce: 0, gas: 20_999n }), /intrinsic gas too low/],
    [
      'more gas than EIP-7825 allows',
      async () => chain.sign(chain.accounts[0], { nonce: 0, gas: 16_777_217n }),
      /EIP-7825/,
    ],
  ])('when a transaction is %s, says so', async (_, raw, text) => {
    const [check] = await chain.engine.check([await raw()]);
    expect(check).toMatchObject({ refusal: expect.stringMatching(text) });
  });
});

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes.length === 0 ? [0] : bytes);
  copy[0]! ^= 0xff;
  return copy;
}
