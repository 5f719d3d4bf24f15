import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { inFull } from '../support/extent.js';
import { translated } from '../support/translated-tree.js';
import * as sample from './sample.js';

const ROUNDS = inFull(8, 4);
/** On a machine that is busy with other things fewer rounds must do. */
const FEWEST = inFull(4, 2);
const PATIENCE_MS = 60_000;

describeEachDatabase('when the process is killed again and again', (url) => {
  const children = new Set<ChildProcess>();
  const acknowledged: string[] = [];
  const complaints: string[] = [];

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
  });

  /** Begins a process, which waits for its orders: it loads while another one runs. */
  function begin() {
    const child = spawn(process.execPath, [translated('test/modulith/crash/shop-process.ts')], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.add(child);
    // One that could not start is told of its orders in vain; how it ended is looked at below.
    child.stdin.on('error', () => undefined);
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => complaints.push(data.toString()));
    const ended = once(child, 'close').then(() => children.delete(child));
    return { child, ended, lines: () => output.split('\n').slice(0, -1) };
  }

  async function kill(shopProcess: ReturnType<typeof begin>, round: number): Promise<void> {
    const { child, ended, lines } = shopProcess;
    // Every other one dies by itself exactly between a commit and its dispatch, the others at any moment.
    const dieAfter = round % 2 === 0 ? Math.floor(Math.random() * 30) : undefined;
    child.stdin.end(JSON.stringify({ url: url(), round, dieAfter }));
    if (dieAfter === undefined) {
      while (lines().length === 0 && child.exitCode === null) await delay(2);
      await delay(Math.random() * 120);
      child.kill('SIGKILL');
    }
    await ended;
    expect(child.signalCode, complaints.join('')).toBe('SIGKILL');
    for (const line of lines()) {
      if (line.startsWith('ack ')) acknowledged.push(line.slice(4));
      else complaints.push(line);
    }
  }

  it(
    'what was acknowledged is there, and every order was counted exactly once and in order',
    { timeout: 120_000 },
    async () => {
      let next = begin();
      const patience = Date.now() + PATIENCE_MS;
      let rounds = 0;
      for (let round = 0; round < ROUNDS && (round < FEWEST || Date.now() < patience); round++) {
        rounds += 1;
        const current = next;
        next = begin();
        await kill(current, round);
      }
      next.child.kill('SIGKILL');
      await next.ended;
      expect(complaints).toEqual([]);

      const app = await Scenario.start({
        modules: [sample.ShopModule, sample.StockModule],
        contracts: [sample.shopContract, sample.stockContract],
        databaseUrl: url(),
      });
      try {
        await app.settled();
        const { shop: ordered, stock: counted } = await totals(app);
        expect(acknowledged.length).toBeGreaterThan(rounds);
        for (const [id, times] of countsOf(acknowledged)) expect(ordered.get(id) ?? 0).toBeGreaterThanOrEqual(times);
        expect([...counted].toSorted()).toEqual([...ordered].toSorted());
        expect(app.get(sample.Behaviour).outOfOrder).toEqual([]);
        expect(await app.hosted('shop').outbox!.backlog()).toMatchObject({ depth: 0 });
      } finally {
        await app.close();
      }
    },
  );
});

async function totals(app: Scenario): Promise<{ shop: Map<string, number>; stock: Map<string, number> }> {
  const read = async (module: string, sql: string) =>
    new Map(
      (await app.hosted(module).database.read<{ id: string; total: number }>(sql)).map((row) => [row.id, row.total]),
    );
  return {
    shop: await read('shop', 'SELECT id, count AS total FROM shop_orders'),
    stock: await read('stock', 'SELECT id, total FROM stock_counts'),
  };
}

function countsOf(ids: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
