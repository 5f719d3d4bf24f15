import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { temporarySqlite } from '@aitbc/modulith/testing/temporary-databases.js';
import { AppConfig, PlatformModule } from '@aitbc/platform';
import { getRepositoryToken } from '@nestjs/typeorm';
import sqlite3 from 'sqlite3';
import type { Repository } from 'typeorm';
import { type Hex, keccak256, parseEther, parseGwei, toHex, type TransactionSerializableEIP1559 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { BlockchainModule } from '../blockchain.module.js';
import {
  blockchainContract,
  BlockCommitted,
  GetHead,
  type HeadView,
  GetTransaction,
  SubmitTransaction,
  type TransactionView,
} from '../contract/index.js';
import { Chain } from './chain.js';
import { StoredBlock } from './stored-block.entity.js';

type Fields = Partial<TransactionSerializableEIP1559>;

describe('announcing blocks', () => {
  const database = temporarySqlite();
  const config = new AppConfig({ NODE_ENV: 'test', DATA_DIR: database.directory, DATABASE_URL: database.url });
  const faucet = privateKeyToAccount(`0x${config.faucetKey}`);
  let scenario: Scenario;
  let nonce = 0;

  beforeAll(async () => {
    const imports = [PlatformModule.forRoot(config)];
    scenario = await Scenario.start({
      modules: [BlockchainModule],
      contracts: [blockchainContract],
      imports,
      databaseUrl: database.url,
    });
  });

  afterAll(async () => {
    await scenario?.close();
    database.remove();
  });

  it('every stored block is announced once, in order', async () => {
    await mined(await submit());
    await mined(await submit());
    await expectOneAnnouncementPerBlock();
  });

  it('when storing fails, nothing is announced, and the next attempt is whole', async () => {
    await mined(await submit());
    await vi.waitFor(async () => expect((await head()).number).toBeGreaterThan(0));
    await onFile(
      `CREATE TRIGGER full_disk BEFORE INSERT ON blockchain_balance_changes BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    const before = await head();
    const hash = await submit();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const stuck = await head();
    expect(await status(hash)).toBe('pending');
    expect(stuck.number - before.number).toBeLessThanOrEqual(1); // at most the empty block after the last one
    await onFile('DROP TRIGGER full_disk');
    await mined(hash);
    await expectOneAnnouncementPerBlock();
  });

  it('a transaction that could not be stored does not wait for a block: its sender was told so', async () => {
    await onFile(
      `CREATE TRIGGER full_pool BEFORE INSERT ON blockchain_waiting_transactions BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    const raw = await sign();
    await expect(scenario.execute(SubmitTransaction.of({ raw }))).rejects.toThrow();
    await onFile('DROP TRIGGER full_pool');
    await expect(status(keccak256(raw))).rejects.toMatchObject({ code: 'blockchain.transaction_not_found' });
    await scenario.execute(SubmitTransaction.of({ raw }));
    await mined(keccak256(raw));
  });

  it('who takes up a block in vain is told so and waits, while others are in the next block', async () => {
    const chain = scenario.get(Chain);
    const seal = chain.seal.bind(chain);
    const tried: number[] = [];
    const sealing = vi.spyOn(chain, 'seal').mockImplementation(async (request) => {
      const sealed = await seal({ ...request, transactionMs: 100 });
      tried.push(sealed.timedOut.size);
      return sealed;
    });
    const slow = privateKeyToAccount(toHex(1n, { size: 32 }));
    try {
      await mined(await submit({ to: slow.address, value: parseEther('1') }));
      const loop = { to: undefined, data: '0x5b5f56', gas: 16_000_000n } as const;
      const first = await submit({ ...loop, nonce: 0 }, slow);
      await vi.waitFor(async () => expect(await refusal(first)).toMatch(/takes longer/), { timeout: 10_000 });
      const second = await submit({ ...loop, nonce: 0, gas: 15_000_000n }, slow);
      for (let count = 0; count < 2; count++) await mined(await submit());
      expect(await status(second)).toBe('pending');
      expect(tried.reduce((sum, count) => sum + count)).toBe(1);
    } finally {
      sealing.mockRestore();
    }
  });

  const refusal = (hash: string): Promise<string> => status(hash).catch((error: unknown) => (error as Error).message);

  async function expectOneAnnouncementPerBlock(): Promise<void> {
    await scenario.settled();
    const blocks = await scenario
      .get<Repository<StoredBlock>>(getRepositoryToken(StoredBlock, 'blockchain') as string)
      .find({ order: { number: 'ASC' } });
    const announced = scenario.published(BlockCommitted).map(({ number, hash }) => `${number} ${hash}`);
    expect(announced).toEqual(blocks.map(({ number, hash }) => `${number} ${hash}`));
  }

  async function submit(fields: Fields = {}, sender = faucet): Promise<Hex> {
    const raw = await sign(fields, sender);
    await scenario.execute(SubmitTransaction.of({ raw }));
    return keccak256(raw);
  }

  function sign(fields: Fields = {}, sender = faucet): Promise<Hex> {
    const fees = { maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') };
    return sender.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      nonce: fields.nonce ?? nonce++,
      to: faucet.address,
      gas: 21_000n,
      ...fees,
      ...fields,
    });
  }

  const head = (): Promise<HeadView> => scenario.ask<HeadView>(GetHead.of({}));
  const status = async (hash: string): Promise<string> =>
    (await scenario.ask<TransactionView>(GetTransaction.of({ hash }))).status;
  const mined = (hash: string): Promise<void> =>
    vi.waitFor(async () => expect(await status(hash)).toBe('succeeded'), { timeout: 10_000, interval: 50 });

  function onFile(sql: string): Promise<void> {
    const path = database.url.replace('sqlite:', '');
    return new Promise((resolve, reject) => {
      const connection = new sqlite3.Database(path);
      connection.configure('busyTimeout', 10_000);
      connection.exec(sql, (error) => connection.close(() => (error ? reject(error) : resolve())));
    });
  }
});
