import { Runtime } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { getDataSourceToken } from '@nestjs/typeorm';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type Hex, keccak256, parseGwei } from 'viem';
import {
  type AccountView,
  GetAccount,
  GetBlock,
  GetHead,
  type HeadView,
  SubmitTransaction,
} from '../contract/index.js';
import { ChainProcess } from '../testing/start-chain.js';
import { StoredBlock } from './stored-block.entity.js';

const recipient = '0x00000000000000000000000000000000000000ce';

describeEachDatabase(
  'a chain whose database loses its last blocks, as by a failover to a standby that lagged',
  (databaseUrl) => {
    let directory: string;
    let chain: ChainProcess;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'chain-lost-'));
      chain = await ChainProcess.start({ directory, databaseUrl: databaseUrl() });
    });
    afterAll(async () => {
      await chain?.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    it('goes on from the last block that is stored, and answers by it', { timeout: 60_000 }, async () => {
      const kept = (await transfer()).blockNumber;
      const lost = await transfer();
      expect(lost.blockNumber).toBeGreaterThan(kept);
      await loseBlocksAfter(Number(kept));
      await vi.waitFor(async () => expect(await nonce()).toBe(1), { timeout: 10_000, interval: 50 });
      await expect(chain.ask(GetBlock.of({ block: lost.blockHash }))).rejects.toMatchObject({
        code: 'blockchain.block_not_found',
      });
      const again = await transfer();
      expect(again.transactionHash).toBe(lost.transactionHash);
      expect(again.blockHash).not.toBe(lost.blockHash);
      const blocks = await stored();
      expect(blocks.map(({ number }) => number)).toEqual(blocks.map((_, index) => index));
      for (const [index, { parentHash }] of blocks.slice(1).entries()) expect(parentHash).toBe(blocks[index]!.hash);
      expect((await chain.ask<HeadView>(GetHead.of({}))).hash).toBe(blocks.at(-1)!.hash);
    });

    const nonce = async () => (await chain.ask<AccountView>(GetAccount.of({ address: chain.faucet.address }))).nonce;

    async function transfer() {
      const fees = { maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') };
      const raw: Hex = await chain.faucet.signTransaction({
        type: 'eip1559',
        chainId: 7733,
        nonce: await nonce(),
        to: recipient,
        value: 1n,
        gas: 21_000n,
        ...fees,
      });
      await chain.execute(SubmitTransaction.of({ raw }));
      return chain.public.waitForTransactionReceipt({ hash: keccak256(raw), timeout: 20_000 });
    }

    function loseBlocksAfter(number: number): Promise<void> {
      const tables = {
        blocks: 'number',
        transactions: 'block_number',
        logs: 'block_number',
        balance_changes: 'block_number',
      };
      const { database } = chain.context.get(Runtime, { strict: false }).module('blockchain')!;
      return database.write(
        Object.entries(tables).map(([table, column]) => `DELETE FROM blockchain_${table} WHERE ${column} > ${number}`),
      );
    }

    function stored(): Promise<StoredBlock[]> {
      return chain.context
        .get<DataSource>(getDataSourceToken('blockchain') as string, { strict: false })
        .getRepository(StoredBlock)
        .find({ order: { number: 'ASC' } });
    }
  },
);
