import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hexToBytes } from '@ethereumjs/util';
import sqlite3 from 'sqlite3';
import { type CompiledChain, compileChain } from '../testing/compile-chain.js';
import { type TestChain, testChain } from '../testing/test-chain.js';
import { type RunningReader, startThread } from './start-reader.js';

/** Some seconds of hashing. */
const LOOP = { data: hexToBytes('0x5b604060002050600056'), value: 0n };
const waits = () => new AbortController().signal;

describe('a thread for reads', () => {
  let compiled: CompiledChain;
  let directory: string;
  let chain: TestChain;
  let running: RunningReader;

  beforeAll(async () => {
    compiled = await compileChain();
    directory = mkdtempSync(join(tmpdir(), 'chain-reads-'));
    chain = await testChain();
    const path = await storeNodes(join(directory, 'nodes.sqlite'), chain);
    const file = pathToFileURL(join(compiled.folder, 'engine', 'read-worker.js'));
    running = await startThread({ genesis: chain.genesis, source: { type: 'sqlite', path }, inBackground: true }, file);
  });

  afterAll(async () => {
    await running?.stop();
    await compiled?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const account = () => running.read('account', [chain.accounts[0].address, chain.header]);
  const call = (limitMs: number, signal = waits()) => running.read('call', [LOOP, chain.header], { limitMs, signal });

  it('reads what is stored', async () => {
    expect(await account()).toMatchObject({ nonce: 0n, balance: 1_000n * 10n ** 18n });
  });

  it('ends a call that takes longer than it may, and reads on', async () => {
    const began = performance.now();
    await expect(call(100)).rejects.toMatchObject({ fault: 'out_of_time' });
    expect(performance.now() - began).toBeLessThan(3_000);
    await account();
  });

  it('ends an abandoned call, and runs the next', async () => {
    const leaving = new AbortController();
    const abandoned = call(60_000, leaving.signal);
    setTimeout(() => leaving.abort(), 100);
    await expect(abandoned).rejects.toMatchObject({ fault: 'abandoned' });
    const answered = { data: hexToBytes('0x602a60005260206000f3'), value: 0n };
    expect(await running.read('call', [answered, chain.header], { limitMs: 10_000, signal: waits() })).toMatch(/2a$/);
  });

  it('while a call burns its gas, this thread goes on', async () => {
    let longest = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const began = performance.now();
    await expect(call(1_000)).rejects.toMatchObject({ fault: 'out_of_time' });
    const took = performance.now() - began;
    clearInterval(ticking);
    expect(longest).toBeLessThan(took / 2);
  });
});

function storeNodes(path: string, { stored }: TestChain): Promise<string> {
  const nodes = stored.flatMap((block) => block.nodes);
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path);
    database.serialize(() => {
      database.run('CREATE TABLE blockchain_nodes (key BLOB PRIMARY KEY, value BLOB)');
      for (const { key, value } of nodes)
        database.run('INSERT INTO blockchain_nodes VALUES (?, ?)', [Buffer.from(key), Buffer.from(value)]);
    });
    database.close((error) => (error ? reject(error) : resolve(path)));
  });
}
