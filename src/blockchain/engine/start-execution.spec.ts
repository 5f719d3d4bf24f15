import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sqlite3 from 'sqlite3';
import { translated } from '../../../test/support/translated-tree.js';
import { testChain } from '../testing/test-chain.js';
import { type RunningExecution, startThread } from './start-execution.js';

describe('the engine in a thread of its own', () => {
  let directory: string;
  let running: RunningExecution;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'chain-thread-'));
  });

  beforeEach(async () => {
    const path = await emptyNodes(join(directory, 'nodes.sqlite'));
    const { genesis } = await testChain();
    const file = pathToFileURL(translated('src/blockchain/engine/chain-worker.ts'));
    running = await startThread({ genesis, source: { type: 'sqlite', path }, validatorKey: '11'.repeat(32) }, file);
  });

  afterEach(() => running?.stop());

  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('gives the blocks that it gives in this thread', async () => {
    const chain = await testChain();
    const genesis = await running.chain.openGenesis();
    expect(genesis).toEqual(chain.stored[0]);
    await running.chain.acknowledge(genesis.block.hash);
    const raw = await chain.sign(chain.accounts[0], { to: chain.accounts[1].address, value: 1n, nonce: 0 });
    const [check] = await running.chain.check([raw]);
    expect(check).toMatchObject({
      checked: { sender: chain.accounts[0].address.toLowerCase() },
      account: { nonce: 0n },
    });
    const there = await running.chain.seal({
      transactions: [{ hash: '0x', raw }],
      now: chain.now() + 1,
      budgetMs: 10_000,
    });
    expect(there).toEqual(await chain.sealUnstored([raw]));
  });

  it('brings its refusals across as what they are', async () => {
    await expect(running.chain.accounts([`0x${'11'.repeat(20)}`])).rejects.toMatchObject({
      name: 'EngineError',
      fault: 'not_ready',
    });
  });

  it('when it ends, nobody waits for it', async () => {
    const waiting = running.chain.genesisHash();
    const lost = expect(waiting).rejects.toMatchObject({ fault: 'not_ready' });
    await running.stop();
    await lost;
    await expect(running.chain.genesisHash()).rejects.toMatchObject({ fault: 'not_ready' });
    expect(await running.ended).toBeUndefined();
  });
});

function emptyNodes(path: string): Promise<string> {
  rmSync(path, { force: true });
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path);
    database.run('CREATE TABLE blockchain_nodes (key BLOB PRIMARY KEY, value BLOB)', (error) => {
      if (error) return reject(error);
      database.close(() => resolve(path));
    });
  });
}
