import {
  encodeDeployData,
  getAddress,
  type Hex,
  keccak256,
  parseGwei,
  toHex,
  type TransactionSerializable,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import {
  type AccountView,
  type BlockEffectsView,
  GetAccount,
  GetBlockEffects,
  SubmitTransaction,
} from '../contract/index.js';
import { checkedFetch } from '../testing/checked-rpc.js';
import { ChainReads } from '../reads/chain-reads.js';
import { RESULTS } from '../testing/execution-api.js';
import { ChainProcess } from '../testing/start-chain.js';
import { LOGGING_CONTRACT } from '../testing/test-chain.js';
import { RpcMethods } from './rpc-methods.js';

interface Outcome {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

type Fields = Record<string, unknown>;

const NOBODY = '0x00000000000000000000000000000000000000e0';

/** A constructor that logs its counter as a topic, so many times. */
function loggingTimes(times: number): Hex {
  return `0x61${times.toString(16).padStart(4, '0')}5b805f5fa1600190038060035700`;
}

describe('what JSON-RPC tells of the chain', () => {
  let chain: ChainProcess;
  let contract: string;
  let logging: { hash: Hex; blockHash: Hex; blockNumber: bigint };

  beforeAll(async () => {
    chain = await ChainProcess.start();
    const receipt = await send({ data: LOGGING_CONTRACT, gas: 200_000n });
    contract = getAddress(receipt.contractAddress!);
    logging = { hash: receipt.transactionHash, blockHash: receipt.blockHash, blockNumber: receipt.blockNumber };
  });
  afterAll(() => chain?.close());

  const rpc = async (method: string, ...params: unknown[]): Promise<Outcome> => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const headers = { 'content-type': 'application/json' };
    return (await (await checkedFetch(`${chain.url}/rpc`, { method: 'POST', headers, body })).json()) as Outcome;
  };
  const result = async (method: string, ...params: unknown[]) => (await rpc(method, ...params)).result;
  const error = async (method: string, ...params: unknown[]) => (await rpc(method, ...params)).error;
  const timestamp = async () => (await chain.public.getBlock({ blockHash: logging.blockHash })).timestamp;

  async function send(fields: Partial<TransactionSerializable>) {
    const { pendingNonce } = await chain.ask<AccountView>(GetAccount.of({ address: chain.faucet.address }));
    const fees = { type: 'eip1559', maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') } as const;
    const raw = await chain.faucet.signTransaction({
      ...fees,
      chainId: 7733,
      nonce: pendingNonce,
      gas: 21_000n,
      ...fields,
    } as never);
    await chain.execute(SubmitTransaction.of({ raw }));
    return chain.public.waitForTransactionReceipt({ hash: keccak256(raw), timeout: 20_000 });
  }

  it('has a schema for every method', () => {
    const { names } = chain.context.get(RpcMethods, { strict: false });
    expect([...names, 'eth_sendRawTransaction'].toSorted()).toEqual(Object.keys(RESULTS).toSorted());
  });

  describe('at a block', () => {
    it.each([
      ['eth_getBalance', () => [chain.faucet.address]],
      ['eth_getTransactionCount', () => [chain.faucet.address]],
      ['eth_getCode', () => [contract]],
      ['eth_getStorageAt', () => [contract, '0x0']],
      ['eth_getProof', () => [contract, ['0x0']]],
      ['eth_call', () => [{ to: NOBODY }]],
      ['eth_estimateGas', () => [{ to: NOBODY }]],
      ['eth_getBlockReceipts', () => []],
    ])('%s takes its hash, as text or as an object, as it takes its number', async (method, params) => {
      const at = async (block: unknown) => result(method, ...params(), block);
      const byNumber = await at(toHex(logging.blockNumber));
      expect(byNumber).toBeDefined();
      expect(await at(logging.blockHash)).toEqual(byNumber);
      expect(await at({ blockHash: logging.blockHash, requireCanonical: true })).toEqual(byNumber);
      expect(await at({ blockNumber: toHex(logging.blockNumber) })).toEqual(byNumber);
    });

    it('that is named in no way or in two, says so', async () => {
      const both = { blockHash: logging.blockHash, blockNumber: '0x1' };
      expect(await error('eth_getBalance', NOBODY, both)).toMatchObject({ code: -32602 });
      expect(await error('eth_getBalance', NOBODY, {})).toMatchObject({ code: -32602 });
      expect(await error('eth_getBalance', NOBODY, 'newest')).toMatchObject({ code: -32602 });
      expect(await error('eth_getBlockByNumber', logging.blockHash, false)).toMatchObject({ code: -32602 });
    });

    it('that does not exist, says so', async () => {
      expect(await error('eth_getBalance', NOBODY, toHex(1, { size: 32 }))).toMatchObject({ code: -32000 });
      expect(await error('eth_getBalance', NOBODY, '0xffffff')).toMatchObject({ code: -32000 });
      expect(await result('eth_getBlockReceipts', toHex(1, { size: 32 }))).toBeNull();
    });
  });

  it('answers small reads while large ones wait in line', async () => {
    const reads = chain.context.get(ChainReads, { strict: false });
    let free!: () => void;
    const held = new Promise<void>((resolve) => (free = resolve));
    const holding = [reads.records('held', () => held), reads.records('held', () => held)];
    let isAnswered = false;
    const logs = result('eth_getLogs', { blockHash: logging.blockHash }).finally(() => (isAnswered = true));
    expect(await result('eth_getTransactionReceipt', logging.hash)).toMatchObject({ status: '0x1' });
    expect(await result('eth_getBlockByHash', logging.blockHash, false)).toMatchObject({
      transactions: [logging.hash],
    });
    expect(isAnswered).toBe(false);
    free();
    await Promise.all(holding);
    expect(await logs).toHaveLength(1);
  });

  it('tells the time of their block in transactions and logs', async () => {
    const at = { blockHash: logging.blockHash, blockTimestamp: toHex(await timestamp()) };
    expect(await result('eth_getTransactionByHash', logging.hash)).toMatchObject(at);
    expect(await result('eth_getTransactionReceipt', logging.hash)).toMatchObject({ logs: [at] });
    expect(await result('eth_getLogs', { blockHash: logging.blockHash })).toMatchObject([at]);
    const block = (await result('eth_getBlockByHash', logging.blockHash, true)) as { transactions: unknown[] };
    expect(block.transactions).toMatchObject([at]);
  });

  it('tells of a transaction that waits that it is in no block yet', async () => {
    const { pendingNonce } = await chain.ask<AccountView>(GetAccount.of({ address: chain.faucet.address }));
    const fees = { maxFeePerGas: parseGwei('2'), maxPriorityFeePerGas: parseGwei('1') };
    const raw = await chain.faucet.signTransaction({
      type: 'eip1559',
      chainId: 7733,
      gas: 21_000n,
      to: NOBODY,
      nonce: pendingNonce + 50,
      ...fees,
    });
    await chain.execute(SubmitTransaction.of({ raw }));
    const nowhere = { blockHash: null, blockNumber: null, blockTimestamp: null, transactionIndex: null };
    expect(await result('eth_getTransactionByHash', keccak256(raw))).toMatchObject(nowhere);
  });

  describe('of logs', () => {
    it.each<[string, () => Fields, string]>([
      [
        'a range that ends before it begins',
        () => ({ fromBlock: '0x1', toBlock: '0x0' }),
        'invalid block range params',
      ],
      [
        'a range that ends in the future',
        () => ({ fromBlock: '0x0', toBlock: '0xffffff' }),
        'block range extends beyond current head block',
      ],
      [
        'a range that begins in the future',
        () => ({ fromBlock: '0xffffff' }),
        'block range extends beyond current head block',
      ],
      [
        'a block together with a range',
        () => ({ blockHash: logging.blockHash, fromBlock: '0x0' }),
        'cannot specify both blockHash and fromBlock/toBlock, choose one or the other',
      ],
      ['five topics', () => ({ topics: [null, null, null, null, null] }), 'topics: at most 4 are possible'],
      [
        'a thousand and one addresses',
        () => ({ address: Array<string>(1_001).fill(NOBODY) }),
        'address: at most 1000 are possible',
      ],
    ])('refuses %s', async (_, filter, message) => {
      expect(await error('eth_getLogs', filter())).toMatchObject({ code: -32602, message });
    });

    it('tells who has read up to the head that nothing came after it', async () => {
      const next = (await chain.public.getBlockNumber({ cacheTime: 0 })) + 1n;
      expect(await result('eth_getLogs', { fromBlock: toHex(next), topics: [toHex(99, { size: 32 })] })).toEqual([]);
    });

    it.each<[string, unknown[] | null, number]>([
      ['no topics', null, 1],
      ['a topic that is anything', [null], 1],
      ['alternatives that are anything', [[null]], 1],
      ['alternatives of which one is anything', [[toHex(9, { size: 32 }), null]], 1],
      ['the topic among alternatives', [[toHex(9, { size: 32 }), toHex(1, { size: 32 })]], 1],
      ['another topic', [toHex(9, { size: 32 })], 0],
      ['more topics than there are', [null, null], 0],
    ])('finds by %s', async (_, topics, found) => {
      const filter = { fromBlock: '0x0', address: contract.toLowerCase(), topics };
      expect(await result('eth_getLogs', filter)).toHaveLength(found);
    });
  });

  it('tells of a transaction or an uncle that a block does not have that there is none', async () => {
    const { blockHash, blockNumber } = logging;
    for (const index of ['0x1', '0x80000000', toHex((1n << 256n) - 1n)]) {
      expect(await result('eth_getTransactionByBlockHashAndIndex', blockHash, index)).toBeNull();
      expect(await result('eth_getTransactionByBlockNumberAndIndex', toHex(blockNumber), index)).toBeNull();
    }
    expect(await result('eth_getTransactionByBlockHashAndIndex', blockHash, '0x0')).toMatchObject({
      hash: logging.hash,
    });
    expect(await result('eth_getUncleCountByBlockHash', blockHash)).toBe('0x0');
    expect(await result('eth_getUncleCountByBlockNumber', '0xffffff')).toBeNull();
  });

  it('proves that an account does not exist, with every slot that was asked for', async () => {
    const slots = ['0x0', '0x1', toHex(2, { size: 32 })];
    expect(await result('eth_getProof', NOBODY, slots, 'latest')).toMatchObject({
      balance: '0x0',
      nonce: '0x0',
      codeHash: keccak256('0x'),
      storageProof: slots.map((key) => ({ key, value: '0x0', proof: [] })),
    });
    expect(await result('eth_getProof', contract, ['0x0'], 'latest')).toMatchObject({
      storageProof: [{ key: '0x0', value: '0x1', proof: [expect.stringMatching(/^0x/)] }],
    });
  });

  describe('of fees', () => {
    it.each([1, '1', '0x1'])('counts blocks in numbers, decimals and hex: %j', async (count) => {
      const history = (await result('eth_feeHistory', count, 'latest', [])) as { gasUsedRatio: unknown[] };
      expect(history.gasUsedRatio).toHaveLength(1);
    });

    it.each([-1, 1.5, '01', '1e3', null])('refuses %j as a count', async (count) => {
      expect(await error('eth_feeHistory', count, 'latest', [])).toMatchObject({ code: -32602 });
    });

    it('refuses a block that is not there yet', async () => {
      expect(await error('eth_feeHistory', '0x1', '0xffffff', [])).toMatchObject({
        code: -32000,
        message: expect.stringMatching(/^request beyond head block: requested 16777215, head \d+$/),
      });
    });

    it.each([[[50, 25]], [[101]], [[-1]], [['50']], [50]])('refuses the percentiles %j', async (percentiles) => {
      expect(await error('eth_feeHistory', '0x1', 'latest', percentiles)).toMatchObject({ code: -32602 });
    });

    it('tells the tips of a block by its gas', async () => {
      const history = await result('eth_feeHistory', '0x1', toHex(logging.blockNumber), [0, 50, 50, 100]);
      expect(history).toMatchObject({ reward: [Array<string>(4).fill(toHex(parseGwei('1')))] });
    });
  });

  describe('of a transaction that logs 9,990 times', () => {
    let loud: { transactionHash: Hex; blockHash: Hex; blockNumber: bigint };
    beforeAll(async () => {
      loud = await send({ data: loggingTimes(9_990), gas: 16_000_000n });
    }, 60_000);

    it('tells its receipt, its block and its logs, although they take more than 4 MiB', async () => {
      const receipt = (await result('eth_getTransactionReceipt', loud.transactionHash)) as { logs: Fields[] };
      expect(receipt).toMatchObject({ status: '0x1' });
      expect(JSON.stringify(receipt).length).toBeGreaterThan(4 * 1024 * 1024);
      expect(receipt.logs.map(({ topics }) => Number((topics as Hex[])[0]))).toEqual(
        Array.from({ length: 9_990 }, (_, index) => 9_990 - index),
      );
      expect(await result('eth_getBlockReceipts', toHex(loud.blockNumber))).toEqual([receipt]);
      expect(await result('eth_getLogs', { blockHash: loud.blockHash })).toEqual(receipt.logs);
      const { logsBloom } = await chain.public.getBlock({ blockHash: loud.blockHash });
      expect(receipt).toMatchObject({ logsBloom });
    }, 60_000);

    it('tells those who keep a ledger what the block did, with the logs of the contracts they name', async () => {
      const number = Number(loud.blockNumber);
      const effects = await chain.ask<BlockEffectsView>(GetBlockEffects.of({ number, logsOf: [contract] }));
      expect(effects.transactions).toMatchObject([{ hash: loud.transactionHash, logs: [] }]);
      const own = GetBlockEffects.of({ number: Number(logging.blockNumber), logsOf: [contract] });
      expect((await chain.ask<BlockEffectsView>(own)).transactions).toMatchObject([{ logs: [{ address: contract }] }]);
    });

    it('refuses more than ten thousand logs, and says what to do', async () => {
      await send({ data: loggingTimes(1_001), gas: 16_000_000n });
      const filter = { fromBlock: toHex(loud.blockNumber), toBlock: 'latest' };
      expect(await error('eth_getLogs', filter)).toMatchObject({
        code: -32005,
        message: expect.stringMatching(/narrow the block range/),
      });
    }, 60_000);
  });

  describe('of calls', () => {
    const call = { to: NOBODY };
    it.each<[string, unknown[], RegExp]>([
      ['data and input that differ', [{ ...call, data: '0x01', input: '0x02' }], /not equal/],
      ['two kinds of prices', [{ ...call, gasPrice: '0x1', maxFeePerGas: '0x1' }], /both gasPrice and/],
      ['more tip than fee', [{ ...call, maxFeePerGas: '0x1', maxPriorityFeePerGas: '0x2' }], /more than maxFeePerGas/],
      ['another chain', [{ ...call, chainId: '0x1' }], /does not match/],
      ['blobs', [{ ...call, blobVersionedHashes: [toHex(1, { size: 32 })] }], /blob/],
      ['no authorization in a list of them', [{ ...call, authorizationList: [] }], /at least one/],
      ['an authorization to create', [{ authorizationList: [{}] }], /authorizationList/],
      ['an access list that is none', [{ ...call, accessList: [{ address: '0x1' }] }], /accessList/],
      ['gas over 64 bits', [{ ...call, gas: toHex(1n << 64n) }], /gas: the number is too large/],
      ['a field of a block that cannot be overridden', [call, 'latest', {}, { blobBaseFee: '0x1' }], /blobBaseFee/],
      ['a field of an account that cannot be overridden', [call, 'latest', { [NOBODY]: { move: '0x1' } }], /move/],
      ['a state and a difference to it', [call, 'latest', { [NOBODY]: { state: {}, stateDiff: {} } }], /both/],
    ])('refuses %s', async (_, params, message) => {
      for (const method of ['eth_call', 'eth_estimateGas'])
        expect(await error(method, ...params)).toMatchObject({ code: -32602, message: expect.stringMatching(message) });
    });

    it('takes data and input that are the same', async () => {
      expect(await result('eth_call', { ...call, data: '0x01', input: '0x01' })).toBe('0x');
    });

    it('sees the overrides of state and block', async () => {
      const code = '0x425460005260206000f3'; // return sload(timestamp)
      const state = { [NOBODY]: { code, stateDiff: { [toHex(77, { size: 32 })]: toHex(5, { size: 32 }) } } };
      expect(await result('eth_call', call, 'latest', state, { time: toHex(77) })).toBe(toHex(5, { size: 32 }));
      const poor = privateKeyToAccount(generatePrivateKey()).address;
      const paying = { ...call, from: poor, value: '0x5' };
      expect(await error('eth_estimateGas', paying)).toMatchObject({
        code: -32000,
        message: expect.stringMatching(/insufficient funds/),
      });
      expect(await result('eth_estimateGas', paying, 'latest', { [poor]: { balance: '0x5' } })).toBe('0x5208');
    });

    it('answers gas below the intrinsic cost and oversized initcode as geth does', async () => {
      expect(await error('eth_call', { ...call, gas: '0x5207' })).toMatchObject({
        code: -32000,
        message: expect.stringMatching(/^intrinsic gas too low/),
      });
      const data = encodeDeployData({ abi: [], bytecode: `0x${'00'.repeat(49_153)}` });
      expect(await error('eth_estimateGas', { data })).toMatchObject({
        code: -32000,
        message: expect.stringMatching(/^max initcode size exceeded/),
      });
      expect(await result('eth_estimateGas', { from: contract, to: NOBODY })).toBe('0x5208');
    });
  });
});
