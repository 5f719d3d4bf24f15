import { boundaryValues } from './boundary-values.js';

const ADDRESS = '0x52908400098527886e0f7030069857d2e4169ee7';
const HASH = `0x${'5c'.repeat(32)}`;

/** Sound parameters of each method; what is tried differs from them in one place. */
const METHODS: Readonly<Record<string, readonly unknown[]>> = {
  eth_blockNumber: [],
  eth_call: [{ to: ADDRESS, data: '0x' }, 'latest'],
  eth_estimateGas: [{ from: ADDRESS, to: ADDRESS, value: '0x0' }],
  eth_feeHistory: ['0x2', 'latest', [25, 75]],
  eth_getBalance: [ADDRESS, 'latest'],
  eth_getBlockByHash: [HASH, false],
  eth_getBlockByNumber: ['0x1', true],
  eth_getBlockReceipts: ['0x1'],
  eth_getBlockTransactionCountByNumber: ['0x1'],
  eth_getCode: [ADDRESS, { blockNumber: '0x1' }],
  eth_getLogs: [{ fromBlock: '0x0', toBlock: '0x1', address: ADDRESS, topics: [HASH] }],
  eth_getProof: [ADDRESS, ['0x0'], 'latest'],
  eth_getStorageAt: [ADDRESS, '0x0', 'latest'],
  eth_getTransactionByBlockHashAndIndex: [HASH, '0x0'],
  eth_getTransactionByBlockNumberAndIndex: ['0x1', '0x0'],
  eth_getTransactionByHash: [HASH],
  eth_getTransactionCount: [ADDRESS, 'latest'],
  eth_getTransactionReceipt: [HASH],
  eth_sendRawTransaction: ['0x02c0'],
  net_version: [],
  web3_sha3: ['0x'],
};

/** What means something to a node, and is past what it can store or find. */
const QUANTITIES = ['0x80000000', '0x7fffffff', '0xffffffffffffffff', `0x${'f'.repeat(64)}`, '0x', '0x00', '-0x1'];

/** Calls as JSON text, each with one thing wrong. */
export function rpcAttempts(): string[] {
  const values = [...boundaryValues({}), ...QUANTITIES.map((each) => JSON.stringify(each))];
  const call = (method: string, params: string) => `{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`;
  return Object.entries(METHODS).flatMap(([method, params]) => [
    ...values.map((value) => call(method, value)),
    ...params.flatMap((_, at) =>
      values.map((value) => {
        const others = params.map((each, index) => (index === at ? value : JSON.stringify(each)));
        return call(method, `[${others.join(',')}]`);
      }),
    ),
  ]);
}
