import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RLP } from '@ethereumjs/rlp';
import { hexToBytes } from '@ethereumjs/util';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { privateKeyToAddress } from 'viem/accounts';
import { inFull } from '../../../test/support/extent.js';
import { translated } from '../../../test/support/translated-tree.js';
import { ChainProcess } from '../testing/start-chain.js';
import { Chain } from './chain.js';
import { StoredBlock } from './stored-block.entity.js';
import { StoredTransaction } from './stored-transaction.entity.js';

const KILLS = inFull(6, 3);
const keys = { CHAIN_VALIDATOR_KEY: '11'.repeat(32), PLATFORM_KEY: '22'.repeat(32), FAUCET_KEY: '33'.repeat(32) };
const genesis = {
  timestamp: 1_750_000_000,
  validators: [privateKeyToAddress(`0x${keys.CHAIN_VALIDATOR_KEY}`)],
  allocations: { [privateKeyToAddress(`0x${keys.FAUCET_KEY}`)]: '1000000' },
};

describe('when a process that seals is killed again and again', () => {
  let directory: string;
  let environment: Record<string, string>;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'chain-crash-'));
    const file = join(directory, 'genesis.json');
    writeFileSync(file, JSON.stringify(genesis));
    // The longest interval: only the loop of the process seals.
    environment = { ...keys, CHAIN_GENESIS: file, CHAIN_BLOCK_INTERVAL_MS: '3600000' };
  });

  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
  });

  it(
    'the chain goes on from its last whole block, and a copy that imports every block agrees',
    { timeout: 180_000 },
    async () => {
      let reported = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const last = await sealUntilKilled(Math.random() * 150);
        expect(last).toBeGreaterThan(reported);
        reported = last;
      }
      const original = await ChainProcess.start({ directory, environment });
      const copy = await ChainProcess.start({ environment: { ...environment, CHAIN_VALIDATOR_KEY: '44'.repeat(32) } });
      try {
        const blocks = await storedBlocks(original);
        expect(blocks.length - 1).toBeGreaterThanOrEqual(reported);
        expect(blocks.map(({ number }) => number)).toEqual(blocks.map((_, index) => index));
        await importAll(original, copy, blocks);
        expect((await copy.context.get(Chain).head()).hash).toBe(blocks.at(-1)!.hash);
        expect(await countNodes(copy)).toBe(await countNodes(original));
      } finally {
        await original.close();
        await copy.close();
      }
    },
  );

  /** @returns the last block that the process reported as stored. */
  async function sealUntilKilled(afterMs: number): Promise<number> {
    const script = translated('src/blockchain/testing/sealing-process.ts');
    const child = spawn(process.execPath, [script, directory], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const exited = once(child, 'exit');
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        resolve();
      });
      void exited.then(() => reject(new Error(`The process ended by itself: ${errors}`)));
    });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    child.kill('SIGKILL');
    await exited;
    return Number(output.trim().split('\n').at(-1));
  }
});

function dataSourceOf(chain: ChainProcess): DataSource {
  return chain.context.get<DataSource>(getDataSourceToken('blockchain') as string, { strict: false });
}

function storedBlocks(chain: ChainProcess): Promise<StoredBlock[]> {
  return dataSourceOf(chain)
    .getRepository(StoredBlock)
    .find({ order: { number: 'ASC' } });
}

async function countNodes(chain: ChainProcess): Promise<number> {
  const [row] = await dataSourceOf(chain).query<{ nodes: number }[]>('SELECT count(*) AS nodes FROM blockchain_nodes');
  return Number(row!.nodes);
}

/** Block 0 is each node's own; the rest is executed again, one by one. */
async function importAll(from: ChainProcess, to: ChainProcess, blocks: readonly StoredBlock[]): Promise<void> {
  const transactions = dataSourceOf(from).getRepository(StoredTransaction);
  const chain = to.context.get(Chain, { strict: false });
  for (const { number, header, envelope, sealedAt } of blocks.slice(1)) {
    const body = (await transactions.find({ where: { blockNumber: number }, order: { position: 'ASC' } })).map(
      ({ raw }) => hexToBytes(raw as `0x${string}`),
    );
    const block = RLP.encode([RLP.decode(hexToBytes(header as `0x${string}`)), body, [], []]);
    await chain.import(block, hexToBytes(envelope as `0x${string}`), sealedAt.getTime() / 1000);
  }
}
