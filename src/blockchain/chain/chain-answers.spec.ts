import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Hex, keccak256, parseEther, parseGwei } from 'viem';
import { startRedis } from '../../../test/support/redis-server.js';
import { type BlockView, GetBlock, ListBlocks, SubmitTransaction } from '../contract/index.js';
import { RpcMethods } from '../rpc/rpc-methods.js';
import { ChainProcess } from '../testing/start-chain.js';

const recipient = '0x00000000000000000000000000000000000000cc';

describe.each(['memory', 'Redis'] as const)('answers from the chain, kept in %s', (where) => {
  let redis: Awaited<ReturnType<typeof startRedis>> | undefined;
  let directory: string;
  let replicas: ChainProcess[];
  let nonce = 0;
  const chain = () => replicas[0]!;

  beforeAll(async () => {
    if (where === 'Redis') redis = await startRedis();
    nonce = 0;
    directory = mkdtempSync(join(tmpdir(), 'chain-answers-'));
    const environment: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
    const databaseUrl = `sqlite:${join(directory, 'chain.sqlite')}`;
    const start = () => ChainProcess.start({ directory, databaseUrl, environment });
    replicas = redis ? [await start(), await start()] : [await start()];
  });
  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.stop()));
    await redis?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  async function transfer(): Promise<Hex> {
    const raw = await chain().faucet.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      nonce: nonce++,
      to: recipient,
      value: parseEther('1'),
      gas: 21_000n,
      maxFeePerGas: parseGwei('2'),
      maxPriorityFeePerGas: parseGwei('1'),
    });
    await chain().execute(SubmitTransaction.of({ raw }));
    return keccak256(raw);
  }

  const receiptOf = (hash: Hex, replica = chain()) => replica.public.getTransactionReceipt({ hash });
  const mined = (hash: Hex) => chain().public.waitForTransactionReceipt({ hash, timeout: 10_000 });
  /** How often the chain was read while something was asked. */
  async function readsDuring(replica: ChainProcess, method: string, ask: () => Promise<unknown>): Promise<number> {
    const call = vi.spyOn(replica.app.get(RpcMethods, { strict: false }), 'call');
    await ask();
    const reads = call.mock.calls.filter(([name]) => name === method).length;
    call.mockRestore();
    return reads;
  }

  it('a receipt is found as soon as there is one, and then read no more, by any replica', async () => {
    const hash = await transfer();
    await receiptOf(hash).catch(() => undefined);
    const receipt = await mined(hash);
    for (const replica of replicas) {
      const again = async () => expect(await receiptOf(hash, replica)).toEqual(receipt);
      const read = () => readsDuring(replica, 'eth_getTransactionReceipt', again);
      await vi.waitFor(async () => expect(await read()).toBe(0), { timeout: 5_000 });
    }
  });

  it('a balance is that of the newest block', async () => {
    const balance = () => chain().public.getBalance({ address: recipient });
    for (let round = 0; round < 3; round++) {
      const before = await balance();
      await Promise.all([balance(), balance()]);
      await mined(await transfer());
      expect(await balance()).toBe(before + parseEther('1'));
    }
    await vi.waitFor(async () => expect(await readsDuring(chain(), 'eth_getBalance', balance)).toBe(0));
  });

  it('the newest block and the list of blocks follow the chain', async () => {
    for (let round = 0; round < 3; round++) {
      const { blockNumber, blockHash } = await mined(await transfer());
      const newest = await chain().public.getBlock();
      expect(newest.number).toBeGreaterThanOrEqual(blockNumber);
      const { items } = await chain().ask<{ items: BlockView[] }>(ListBlocks.of({}));
      expect(items.map(({ hash }) => hash)).toContain(blockHash);
    }
  });

  it('a block that is not there yet is found when it is', async () => {
    const { number } = await chain().public.getBlock();
    const next = String(Number(number) + 1);
    await expect(chain().ask(GetBlock.of({ block: next }))).rejects.toThrow();
    await expect(chain().public.getBlock({ blockNumber: number + 1n })).rejects.toThrow();
    await mined(await transfer());
    expect((await chain().public.getBlock({ blockNumber: number + 1n })).number).toBe(number + 1n);
    const byNumber = await chain().ask<BlockView>(GetBlock.of({ block: next }));
    expect(await chain().ask(GetBlock.of({ block: byNumber.hash }))).toEqual(byNumber);
  });

  it('waiting transactions count at once', async () => {
    const count = () => chain().public.getTransactionCount({ address: chain().faucet.address, blockTag: 'pending' });
    const before = await count();
    const hash = await transfer();
    expect(await count()).toBe(before + 1);
    expect((await chain().public.getTransaction({ hash })).hash).toBe(hash);
    await mined(hash);
  });
});
