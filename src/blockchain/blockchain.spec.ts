import { encodeFunctionData, type Hex, parseEther, parseGwei, toHex } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { EstimateGas, jobEscrow } from './contract/index.js';
import { EngineError } from './engine/engine-error.js';
import { ChainReads } from './reads/chain-reads.js';
import { ChainProcess } from './testing/start-chain.js';

const treasury = '0x00000000000000000000000000000000000000aa';

describe('viem on the chain', () => {
  let chain: ChainProcess;

  beforeAll(async () => {
    chain = await ChainProcess.start();
  });

  afterAll(() => chain?.close());

  it('reads chain, network, client and head', async () => {
    const client = chain.public;
    expect(await client.getChainId()).toBe(7733);
    expect(await client.request({ method: 'net_version' })).toBe('7733');
    expect(await client.request({ method: 'web3_clientVersion' })).toMatch(/^aitbc\//);
    expect((await rpc('eth_syncing', [])).result).toBe(false);
    const genesis = await client.getBlock({ blockNumber: 0n });
    expect((await client.getBlock({ blockHash: genesis.hash })).number).toBe(0n);
  });

  it('sends a signed transaction, waits for its receipt and sees both balances', async () => {
    const recipient = privateKeyToAccount(generatePrivateKey()).address;
    const hash = await chain.wallet.sendTransaction({
      account: chain.faucet,
      chain: chain.chain,
      to: recipient,
      value: parseEther('2.5'),
    });
    const receipt = await chain.public.waitForTransactionReceipt({ hash, timeout: 10_000 });
    expect(receipt).toMatchObject({
      status: 'success',
      gasUsed: 21_000n,
      from: chain.faucet.address.toLowerCase(),
      type: 'eip1559',
    });
    expect(await chain.public.getBalance({ address: recipient })).toBe(parseEther('2.5'));
    const transaction = await chain.public.getTransaction({ hash });
    expect(transaction).toMatchObject({ value: parseEther('2.5'), blockNumber: receipt.blockNumber, typeHex: '0x2' });
    const block = await chain.public.getBlock({ blockNumber: receipt.blockNumber, includeTransactions: true });
    expect(block.transactions[0]).toMatchObject({ hash, from: chain.faucet.address.toLowerCase() });
    expect(await chain.public.getTransactionCount({ address: chain.faucet.address })).toBe(transaction.nonce + 1);
  });

  it('deploys the escrow, calls it, reads its events and its revert', async () => {
    const { abi, bytecode } = jobEscrow as unknown as { abi: readonly Record<string, unknown>[]; bytecode: Hex };
    const hash = await chain.wallet.deployContract({
      account: chain.faucet,
      chain: chain.chain,
      abi,
      bytecode,
      args: [treasury, chain.faucet.address, 250n],
    });
    const { contractAddress } = await chain.public.waitForTransactionReceipt({ hash, timeout: 10_000 });
    const address = contractAddress!;
    expect((await chain.public.getCode({ address }))!.length).toBeGreaterThan(100);
    expect(await chain.public.readContract({ address, abi, functionName: 'arbiter' })).toBe(chain.faucet.address);
    const args = [toHex(1, { size: 32 }), treasury, BigInt(Math.floor(Date.now() / 1000) + 86_400)];
    const data = encodeFunctionData({ abi, functionName: 'lock', args });
    const locked = await chain.wallet.sendTransaction({
      account: chain.faucet,
      chain: chain.chain,
      to: address,
      data,
      value: parseEther('1'),
    });
    const receipt = await chain.public.waitForTransactionReceipt({ hash: locked, timeout: 10_000 });
    expect(receipt.status).toBe('success');
    const logs = await chain.public.getLogs({ address, fromBlock: 0n });
    expect(logs).toHaveLength(1);
    expect(logs[0]).toMatchObject({
      transactionHash: locked,
      blockNumber: receipt.blockNumber,
      blockHash: receipt.blockHash,
    });
    expect(await chain.public.getContractEvents({ address, abi, fromBlock: 0n })).toHaveLength(1);
    expect(await chain.public.getLogs({ address, fromBlock: receipt.blockNumber + 1n })).toEqual([]);
    expect(await chain.public.getBalance({ address })).toBe(parseEther('1'));
    await expect(
      chain.public.call({ account: chain.faucet, to: address, data, value: parseEther('1') }),
    ).rejects.toThrow(/revert/i);
    const raw = await rpc('eth_call', [{ to: address, data, value: toHex(1n), from: chain.faucet.address }, 'latest']);
    expect(raw.error).toMatchObject({ code: 3, data: expect.stringMatching(/^0x[0-9a-f]{8}/) });
  });

  it.each([
    ['no bytes', '0x', /empty/],
    ['garbage', '0xdeadbeef', /rlp/],
    ['a blob transaction', '0x03c0', /not supported/],
  ])('when a raw transaction is %s, says so', async (_, raw, text) => {
    expect((await rpc('eth_sendRawTransaction', [raw])).error).toMatchObject({
      code: -32000,
      message: expect.stringMatching(text),
    });
  });

  it('when it is no hex at all, says that the argument is invalid', async () => {
    expect((await rpc('eth_sendRawTransaction', ['hello'])).error).toMatchObject({ code: -32602 });
    expect((await rpc('eth_sendRawTransaction', [])).error).toMatchObject({ code: -32602 });
  });

  it('when the nonce is used, says "nonce too low"; the very same transaction again is a success', async () => {
    const hash = await chain.wallet.sendTransaction({
      account: chain.faucet,
      chain: chain.chain,
      to: treasury,
      value: 1n,
    });
    await chain.public.waitForTransactionReceipt({ hash, timeout: 10_000 });
    const sign = (value: bigint) =>
      chain.faucet.signTransaction({
        type: 'eip1559',
        chainId: 7733,
        nonce: 0,
        gas: 21_000n,
        maxFeePerGas: parseGwei('2'),
        maxPriorityFeePerGas: 1n,
        to: treasury,
        value,
      });
    expect((await rpc('eth_sendRawTransaction', [await sign(77n)])).error!.message).toMatch(/^nonce too low/);
    const { nonce } = await chain.public.getTransaction({ hash });
    const again = {
      type: 'eip1559',
      chainId: 7733,
      nonce: nonce + 1,
      gas: 21_000n,
      maxFeePerGas: parseGwei('2'),
      maxPriorityFeePerGas: 1n,
      to: treasury,
      value: 5n,
    } as const;
    const raw = await chain.faucet.signTransaction(again);
    const first = await rpc('eth_sendRawTransaction', [raw]);
    await chain.public.waitForTransactionReceipt({ hash: first.result as Hex, timeout: 10_000 });
    expect((await rpc('eth_sendRawTransaction', [raw])).result).toBe(first.result);
  });

  it('when the sender is poor, viem recognises the insufficient funds', async () => {
    const poor = privateKeyToAccount(generatePrivateKey());
    const send = chain.wallet.sendTransaction({ account: poor, chain: chain.chain, to: treasury, value: 1n });
    await expect(send).rejects.toThrow(/exceeds the balance of the account/);
  });

  it('answers batches in order, with errors in their place', async () => {
    const body = [
      { jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] },
      { jsonrpc: '2.0', id: 'b', method: 'eth_nothing', params: [] },
      { jsonrpc: '2.0', method: 'eth_chainId' },
      7,
      { jsonrpc: '2.0', id: 3, method: 'eth_getBalance', params: ['0x12', 'latest'] },
    ];
    const answers = (await (await post(body)).json()) as { id: unknown; result?: unknown; error?: { code: number } }[];
    expect(answers.map(({ id, result, error }) => [id, result ?? error!.code])).toEqual([
      [1, '0x1e35'],
      ['b', -32601],
      [null, -32600],
      [3, -32602],
    ]);
    expect(((await (await post([])).json()) as { error: { code: number } }).error.code).toBe(-32600);
  });

  it('estimates fees', async () => {
    const fees = await chain.public.estimateFeesPerGas();
    expect(fees.maxPriorityFeePerGas).toBe(parseGwei('1'));
    const history = await chain.public.getFeeHistory({ blockCount: 4, rewardPercentiles: [25, 75] });
    expect(history.baseFeePerGas.length).toBe(history.gasUsedRatio.length + 1);
    expect(await chain.public.estimateGas({ account: chain.faucet, to: treasury, value: 1n })).toBe(21_000n);
    expect(await chain.public.getStorageAt({ address: treasury, slot: '0x0' })).toBe(toHex(0, { size: 32 }));
    const proof = await chain.public.getProof({ address: treasury, storageKeys: [] });
    expect(proof.balance).toBe(await chain.public.getBalance({ address: treasury }));
  });

  it('when there is no time for calls, says that another try may help, and estimates what is only paid all the same', async () => {
    const reads = chain.context.get(ChainReads, { strict: false });
    const ask = reads.read.bind(reads);
    const late = vi.spyOn(reads, 'read').mockImplementation((call, ...given) => {
      const isLate = call === 'estimateGas';
      if (isLate) return Promise.reject(new EngineError('out_of_time', 'execution aborted')) as never;
      return Reflect.apply(ask, reads, [call, ...given]) as never;
    });
    const payment = { from: chain.faucet.address, to: privateKeyToAccount(generatePrivateKey()).address, value: 1n };
    try {
      expect(await chain.ask(EstimateGas.of(payment))).toEqual({ gas: '21000' });
      for (const call of [
        { ...payment, data: '0x00' },
        { ...payment, to: `0x${'02'.padStart(40, '0')}` },
      ]) {
        await expect(chain.ask(EstimateGas.of(call))).rejects.toMatchObject({
          code: 'blockchain.execution_timed_out',
          kind: 'unavailable',
        });
      }
    } finally {
      late.mockRestore();
    }
  });

  it('shows explorers the chain', async () => {
    const get = async (path: string) => {
      const answer = await fetch(`${chain.url}/v1/chain${path}`);
      return { status: answer.status, body: (await answer.json()) as Record<string, never> };
    };
    const { body } = await get('');
    expect(body).toMatchObject({ chainId: 7733, headNumber: expect.any(Number) });
    expect((await get('/blocks?limit=2')).body['items']).toHaveLength(2);
    expect((await get('/blocks/0')).body).toMatchObject({ number: 0, transactionCount: 0 });
    expect((await get(`/accounts/${chain.faucet.address}`)).body).toMatchObject({
      balance: expect.stringMatching(/^\d+(\.\d+)?$/),
    });
    expect((await get('/accounts/0x12')).status).toBe(400);
    expect((await get('/blocks/none')).status).toBe(400);
    expect((await get('/blocks/99999999')).status).toBe(404);
    expect((await get(`/transactions/${toHex(1, { size: 32 })}`)).status).toBe(404);
  });

  function post(body: unknown): Promise<Response> {
    return fetch(`${chain.url}/rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async function rpc(
    method: string,
    params: unknown[],
  ): Promise<{ result?: unknown; error?: { code: number; message: string; data?: string } }> {
    return (await (await post({ jsonrpc: '2.0', id: 1, method, params })).json()) as never;
  }
});
