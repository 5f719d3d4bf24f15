import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { getRepositoryToken } from '@nestjs/typeorm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeDeployData, getAddress, type Hex, keccak256, parseEther, parseGwei } from 'viem';
import type { Repository } from 'typeorm';
import {
  type AccountView,
  type BlockEffectsView,
  GetAccount,
  GetBlockEffects,
  GetHead,
  type HeadView,
  SubmitTransaction,
} from '../contract/index.js';
import { WaitingTransaction } from '../mempool/waiting-transaction.entity.js';
import { ChainProcess } from '../testing/start-chain.js';

const recipient = '0x00000000000000000000000000000000000000bb';

describeEachDatabase('a chain that is stored', (databaseUrl) => {
  let directory: string;
  let chain: ChainProcess;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'chain-stored-'));
  });

  beforeEach(async () => {
    chain = await start();
  });

  afterEach(() => chain?.stop());
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const start = (environment: Record<string, string> = {}): Promise<ChainProcess> =>
    ChainProcess.start({ directory, databaseUrl: databaseUrl(), environment });

  it('when the process starts again, goes on where it was', async () => {
    await transfer(1n);
    const before = await chain.ask<HeadView>(GetHead.of({}));
    await chain.stop();
    chain = await start();
    expect((await chain.ask<HeadView>(GetHead.of({}))).number).toBeGreaterThanOrEqual(before.number);
    const account = await chain.ask<AccountView>(GetAccount.of({ address: chain.faucet.address }));
    expect(account.nonce).toBeGreaterThan(0);
    await transfer(1n);
  });

  it('when the process ends before a block takes a transaction, the pool has it again', async () => {
    const { pendingNonce } = await chain.ask<AccountView>(GetAccount.of({ address: chain.faucet.address }));
    const gapped = await sign(pendingNonce + 1, { to: recipient, value: 7n, gas: 21_000n });
    await chain.execute(SubmitTransaction.of({ raw: gapped }));
    await chain.stop();
    chain = await start();
    expect(await chain.public.getTransaction({ hash: keccak256(gapped) })).toMatchObject({
      blockNumber: null,
      value: 7n,
    });
    await chain.execute(
      SubmitTransaction.of({ raw: await sign(pendingNonce, { to: recipient, value: 1n, gas: 21_000n }) }),
    );
    expect((await chain.public.waitForTransactionReceipt({ hash: keccak256(gapped), timeout: 10_000 })).status).toBe(
      'success',
    );
    expect(await waitingRows().countBy({ hash: keccak256(gapped) })).toBe(0);
  });

  it('tells what a block did: fees, internal transfers, balances before and after', async () => {
    // A constructor that sends half of its value on: the rest stays with the contract.
    const bytecode: Hex = `0x6000600060006000600234047300000000000000000000000000000000000000ee5af100`;
    const { pendingNonce } = await chain.ask<AccountView>(GetAccount.of({ address: chain.faucet.address }));
    const data = encodeDeployData({ abi: [], bytecode });
    const raw = await sign(pendingNonce, { data, value: 100n, gas: 200_000n });
    await chain.execute(SubmitTransaction.of({ raw }));
    const receipt = await chain.public.waitForTransactionReceipt({ hash: keccak256(raw), timeout: 10_000 });
    const effects = await chain.ask<BlockEffectsView>(GetBlockEffects.of({ number: Number(receipt.blockNumber) }));
    const [effect] = effects.transactions;
    const contract = getAddress(receipt.contractAddress!);
    const payee = getAddress('0x00000000000000000000000000000000000000ee');
    expect(effect).toMatchObject({ hash: keccak256(raw), succeeded: true, value: 100n, contractAddress: contract });
    expect(effect!.fee).toBe(receipt.gasUsed * receipt.effectiveGasPrice);
    expect(effect!.transfers).toEqual([expect.objectContaining({ from: contract, to: payee, value: 50n })]);
    const change = (address: string) =>
      effects.balances.filter((each) => each.address === address).map(({ before, after }) => after - before);
    expect(change(payee)).toEqual([50n]);
    expect(change(contract)).toEqual([50n]);
    expect(change(chain.faucet.address)).toEqual([-100n - effect!.fee]);
  });

  it('the genesis tells its allocations', async () => {
    const { balances } = await chain.ask<BlockEffectsView>(GetBlockEffects.of({ number: 0 }));
    expect(balances).toContainEqual(
      expect.objectContaining({ address: chain.faucet.address, before: 0n, after: parseEther('100000000') }),
    );
  });

  it('when the genesis is another one, refuses to start', async () => {
    await chain.stop();
    await expect(start({ CHAIN_VALIDATOR_KEY: '55'.repeat(32) })).rejects.toThrow(/holds another chain/);
    chain = await start();
  });

  async function transfer(value: bigint): Promise<void> {
    const { pendingNonce } = await chain.ask<AccountView>(GetAccount.of({ address: chain.faucet.address }));
    const raw = await sign(pendingNonce, { to: recipient, value, gas: 21_000n });
    await chain.execute(SubmitTransaction.of({ raw }));
    await chain.public.waitForTransactionReceipt({ hash: keccak256(raw), timeout: 10_000 });
  }

  function sign(nonce: number, fields: { to?: Hex; data?: Hex; value: bigint; gas: bigint }): Promise<Hex> {
    const fees = { maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') };
    return chain.faucet.signTransaction({ type: 'eip1559', chainId: 7733, nonce, ...fees, ...fields });
  }

  function waitingRows(): Repository<WaitingTransaction> {
    return chain.context.get<Repository<WaitingTransaction>>(
      getRepositoryToken(WaitingTransaction, 'blockchain') as string,
      { strict: false },
    );
  }
});
