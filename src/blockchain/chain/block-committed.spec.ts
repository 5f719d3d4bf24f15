import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { temporarySqlite } from '@aitbc/modulith/testing/temporary-databases.js';
import { AppConfig, PlatformModule } from '@aitbc/platform';
import { getRepositoryToken } from '@nestjs/typeorm';
import sqlite3 from 'sqlite3';
import type { Repository } from 'typeorm';
import { type Hex, keccak256, parseGwei } from 'viem';
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
import { StoredBlock } from './stored-block.entity.js';

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

  async function expectOneAnnouncementPerBlock(): Promise<void> {
    await scenario.settled();
    const blocks = await scenario
      .get<Repository<StoredBlock>>(getRepositoryToken(StoredBlock, 'blockchain') as string)
      .find({ order: { number: 'ASC' } });
    const announced = scenario.published(BlockCommitted).map(({ number, hash }) => `${number} ${hash}`);
    expect(announced).toEqual(blocks.map(({ number, hash }) => `${number} ${hash}`));
  }

  async function submit(): Promise<Hex> {
    const raw = await sign();
    await scenario.execute(SubmitTransaction.of({ raw }));
    return keccak256(raw);
  }

  function sign(): Promise<Hex> {
    const fees = { maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') };
    return faucet.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      nonce: nonce++,
      to: faucet.address,
      gas: 21_000n,
      ...fees,
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
