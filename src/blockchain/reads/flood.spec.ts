import { type Hex, parseGwei } from 'viem';
import { translated } from '../../../test/support/translated-tree.js';
import type { ChainProcess } from '../testing/start-chain.js';
import type { ChainReads } from './chain-reads.js';

/** Hashes for as long as its gas lasts: some seconds of processor time a call. */
const HASHING_LOOP = '0x5b604060002050600056';
const recipient = '0x00000000000000000000000000000000000000dd';

describe('a stranger who sends a batch of endless calls and leaves', () => {
  let chain: ChainProcess;
  let reads: typeof ChainReads;

  beforeAll(async () => {
    ({ ChainReads: reads } = (await import(translated('src/blockchain/reads/chain-reads.ts'))) as {
      ChainReads: typeof ChainReads;
    });
    // As it runs: what executes has threads of its own.
    const module = (await import(translated('src/blockchain/testing/start-chain.ts'))) as {
      ChainProcess: typeof ChainProcess;
    };
    chain = await module.ChainProcess.start();
    await transfer(0);
  }, 60_000);

  afterAll(async () => {
    await chain?.close();
  });

  it('delays neither blocks nor receipts nor the reads of others', { timeout: 60_000 }, async () => {
    const flood = new AbortController();
    const batch = Array.from({ length: 100 }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'eth_call',
      params: [{ data: `${HASHING_LOOP}${id.toString(16).padStart(4, '0')}` }, 'latest'],
    }));
    const body = JSON.stringify(batch);
    const sent = fetch(`${chain.url}/rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: flood.signal,
    }).catch((error: Error) => error.name);
    setTimeout(() => flood.abort(), 1_500);
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (let nonce = 1; nonce <= 3; nonce++) await transfer(nonce);
    expect(await sent).toBe('AbortError');
    await vi.waitFor(() => expect(callsOf(chain)).toMatchObject({ waiting: 0, running: 0 }), { timeout: 5_000 });
  });

  const callsOf = ({ context }: ChainProcess) =>
    context
      .get(reads, { strict: false })
      .load()
      .find(({ lane }) => lane === 'calls');

  /** Whole: its sender's account is read, it is sent, mined, and its receipt is there. */
  async function transfer(nonce: number): Promise<void> {
    const began = performance.now();
    const { address } = chain.faucet;
    expect(await chain.public.getTransactionCount({ address, blockTag: 'pending' })).toBe(nonce);
    const raw: Hex = await chain.faucet.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      nonce,
      to: recipient,
      value: 1n,
      gas: 21_000n,
      maxFeePerGas: parseGwei('2'),
      maxPriorityFeePerGas: parseGwei('1'),
    });
    const hash = await chain.public.sendRawTransaction({ serializedTransaction: raw });
    await chain.public.waitForTransactionReceipt({ hash, timeout: 10_000 });
    expect(performance.now() - began).toBeLessThan(10_000);
  }
});
