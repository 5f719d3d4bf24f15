/**
 * The weight of a call against its caller's limit, relative to the lightest calls. RATE_LIMIT_RPC is a caller's budget
 * per minute.
 */
const WEIGHTS: Readonly<Record<string, number | ((params: readonly unknown[]) => number)>> = {
  eth_getBalance: 2,
  eth_getTransactionCount: 2,
  eth_getCode: 2,
  eth_getStorageAt: 2,
  eth_getTransactionByHash: 2,
  eth_getTransactionByBlockHashAndIndex: 2,
  eth_getTransactionByBlockNumberAndIndex: 2,
  eth_getTransactionReceipt: 3,
  eth_getBlockByHash: ([, full]) => (full === true ? 10 : 2),
  eth_getBlockByNumber: ([, full]) => (full === true ? 10 : 2),
  eth_getBlockReceipts: 20,
  eth_getLogs: 20,
  eth_getProof: ([, slots]) => 5 + (Array.isArray(slots) ? slots.length : 0),
  eth_feeHistory: ([count, , percentiles]) =>
    Math.ceil(blocksIn(count) / (Array.isArray(percentiles) && percentiles.length > 0 ? 16 : 64)) + 2,
  eth_call: 10,
  eth_estimateGas: 20,
  eth_sendRawTransaction: 10,
};

const MOST_BLOCKS = 1_024;

/** Invalid calls and unknown methods cost a little, too. */
export function weightOf({ method, params }: { method: string; params: readonly unknown[] }): number {
  const weight = Object.hasOwn(WEIGHTS, method) ? WEIGHTS[method]! : 1;
  return typeof weight === 'number' ? weight : weight(params);
}

function blocksIn(count: unknown): number {
  const blocks = Number(count);
  return blocks >= 0 && blocks <= MOST_BLOCKS ? blocks : MOST_BLOCKS;
}
