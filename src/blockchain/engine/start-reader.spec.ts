import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hexToBytes } from '@ethereumjs/util';
import sqlite3 from 'sqlite3';
import { translated } from '../../../test/support/translated-tree.js';
import { type TestChain, testChain } from '../testing/test-chain.js';
import type { Genesis } from './genesis.js';
import { LOOKS, type RunningReader, startThread } from './start-reader.js';

/** Some seconds of hashing. */
const LOOP = { data: hexToBytes('0x5b604060002050600056'), value: 0n };
const waits = () => new AbortController().signal;

describe('a thread for reads', () => {
  let directory: string;
  let chain: TestChain;
  let running: RunningReader;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'chain-reads-'));
    chain = await testChain();
    const path = await storeNodes(join(directory, 'nodes.sqlite'), chain);
    const file = pathToFileURL(translated('src/blockchain/engine/read-worker.ts'));
    running = await startThread({ genesis: chain.genesis, source: { type: 'sqlite', path }, inBackground: true }, file);
  });

  afterAll(async () => {
    await running?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const account = () => running.read('account', [chain.accounts[0].address, chain.header]);
  const call = (limitMs: number, signal = waits()) => running.read('call', [LOOP, chain.header], { limitMs, signal });

  it('is not started before it can answer', async () => {
    const source = { type: 'sqlite', path: join(directory, 'absent.sqlite') } as const;
    const file = pathToFileURL(translated('src/blockchain/engine/read-worker.ts'));
    await expect(startThread({ genesis: chain.genesis, source, inBackground: true }, file)).rejects.toThrow('SQLITE');
  });

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

describe('a thread whose call is past its time', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'read-threads-'));
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /** @param work what a call does; `look` is what the EVM does between operations. */
  async function startWith(name: string, work: string): Promise<RunningReader> {
    const file = join(directory, `${name}.mjs`);
    writeFileSync(
      file,
      `import { parentPort, workerData } from 'node:worker_threads';
      const flags = new Int32Array(workerData.flags);
      const look = () => Atomics.add(flags, ${LOOKS}, 1);
      parentPort.on('message', ({ id, call }) => {
        if (call !== 'open') { ${work} }
        parentPort.postMessage({ id, value: 'answered' });
      });`,
    );
    const options = { genesis: {} as Genesis, source: { type: 'sqlite', path: '' } as const, inBackground: false };
    return startThread(options, pathToFileURL(file));
  }

  it('is ended when it is stuck, and left alone while it goes on', async () => {
    const stuck = await startWith('stuck', 'for (;;);');
    const slow = await startWith('slow', 'for (const end = Date.now() + 4_500; Date.now() < end; ) look();');
    const read = (reader: RunningReader) => reader.read('call', [], { limitMs: 10, signal: waits() });
    await Promise.all([
      expect(read(stuck)).rejects.toMatchObject({ fault: 'out_of_time' }),
      expect(read(slow)).resolves.toBe('answered'),
    ]);
    expect([stuck.isGone, slow.isGone]).toEqual([true, false]);
    await slow.stop();
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
