import { Ajv2020, type SchemaObject, type ValidateFunction } from 'ajv/dist/2020.js';

/*
 * The answers of each method according to Ethereum's execution API (github.com/ethereum/execution-apis), as far as they
 * apply to this chain: no block before Osaka, no blobs. Stricter in one point: no fields beyond the specification.
 */

const matching = (pattern: string): SchemaObject => ({ type: 'string', pattern });
const bytesOf = (length: number): SchemaObject => matching(`^0x[0-9a-f]{${length * 2}}$`);
const listOf = (items: SchemaObject): SchemaObject => ({ type: 'array', items });
const orNull = (schema: SchemaObject): SchemaObject => ({ anyOf: [schema, { type: 'null' }] });

const QUANTITY = matching('^0x(0|[1-9a-f][0-9a-f]{0,63})$');
const QUANTITY_64 = matching('^0x(0|[1-9a-f][0-9a-f]{0,15})$');
const BYTES = matching('^0x([0-9a-f]{2})*$');
const BYTE = matching('^0x[0-9a-f]{1,2}$');
const SLOT = matching('^0x[0-9a-f]{0,64}$');
const ADDRESS = matching('^0x[0-9a-fA-F]{40}$');
const HASH = bytesOf(32);
const RATIO: SchemaObject = { type: 'number', minimum: 0, maximum: 1 };

function object(required: Record<string, SchemaObject>, optional: Record<string, SchemaObject> = {}): SchemaObject {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const LOG = object({
  address: ADDRESS,
  topics: { ...listOf(HASH), maxItems: 4 },
  data: BYTES,
  blockHash: HASH,
  blockNumber: QUANTITY,
  blockTimestamp: QUANTITY,
  transactionHash: HASH,
  transactionIndex: QUANTITY,
  logIndex: QUANTITY,
  removed: { const: false },
});

const RECEIPT = object({
  type: BYTE,
  transactionHash: HASH,
  transactionIndex: QUANTITY,
  blockHash: HASH,
  blockNumber: QUANTITY,
  from: ADDRESS,
  to: orNull(ADDRESS),
  cumulativeGasUsed: QUANTITY,
  gasUsed: QUANTITY,
  contractAddress: orNull(ADDRESS),
  logs: listOf(LOG),
  logsBloom: bytesOf(256),
  status: { enum: ['0x0', '0x1'] },
  effectiveGasPrice: QUANTITY,
});

const ACCESS_LIST = listOf(object({ address: ADDRESS, storageKeys: listOf(HASH) }));

const AUTHORIZATION = object({
  chainId: QUANTITY,
  nonce: QUANTITY,
  address: ADDRESS,
  yParity: BYTE,
  r: QUANTITY,
  s: QUANTITY,
});

const SIGNED = {
  hash: HASH,
  from: ADDRESS,
  nonce: QUANTITY,
  gas: QUANTITY,
  value: QUANTITY,
  input: BYTES,
  gasPrice: QUANTITY,
  chainId: QUANTITY,
  r: QUANTITY,
  s: QUANTITY,
};
const TYPED = { accessList: ACCESS_LIST, yParity: BYTE };
const CAPPED = { maxFeePerGas: QUANTITY, maxPriorityFeePerGas: QUANTITY };
const INCLUDED = { blockHash: HASH, blockNumber: QUANTITY, blockTimestamp: QUANTITY, transactionIndex: QUANTITY };
const WAITING = Object.fromEntries(Object.keys(INCLUDED).map((name) => [name, { type: 'null' }]));

function transactionOf(place: Record<string, SchemaObject>): SchemaObject {
  const to = orNull(ADDRESS);
  return {
    oneOf: [
      object({ ...SIGNED, ...place, to, type: { const: '0x0' }, v: QUANTITY }),
      object({ ...SIGNED, ...place, ...TYPED, to, type: { const: '0x1' } }, { v: BYTE }),
      object({ ...SIGNED, ...place, ...TYPED, ...CAPPED, to, type: { const: '0x2' } }, { v: BYTE }),
      object(
        {
          ...SIGNED,
          ...place,
          ...TYPED,
          ...CAPPED,
          to: ADDRESS,
          type: { const: '0x4' },
          authorizationList: { ...listOf(AUTHORIZATION), minItems: 1 },
        },
        { v: BYTE },
      ),
    ],
  };
}

const INCLUDED_TRANSACTION = transactionOf(INCLUDED);
const ANY_TRANSACTION: SchemaObject = { anyOf: [INCLUDED_TRANSACTION, transactionOf(WAITING)] };

const BLOCK = object({
  hash: HASH,
  parentHash: HASH,
  sha3Uncles: HASH,
  miner: ADDRESS,
  stateRoot: HASH,
  transactionsRoot: HASH,
  receiptsRoot: HASH,
  logsBloom: bytesOf(256),
  difficulty: { const: '0x0' },
  number: QUANTITY,
  gasLimit: QUANTITY,
  gasUsed: QUANTITY,
  timestamp: QUANTITY,
  extraData: BYTES,
  mixHash: HASH,
  nonce: bytesOf(8),
  baseFeePerGas: QUANTITY,
  withdrawalsRoot: HASH,
  blobGasUsed: QUANTITY,
  excessBlobGas: QUANTITY,
  parentBeaconBlockRoot: HASH,
  requestsHash: HASH,
  size: QUANTITY,
  transactions: { anyOf: [listOf(HASH), listOf(INCLUDED_TRANSACTION)] },
  withdrawals: { ...listOf({}), maxItems: 0 },
  uncles: { ...listOf(HASH), maxItems: 0 },
});

const PROOF = object({
  address: ADDRESS,
  accountProof: listOf(BYTES),
  balance: QUANTITY,
  codeHash: HASH,
  nonce: QUANTITY_64,
  storageHash: HASH,
  storageProof: listOf(object({ key: SLOT, value: QUANTITY, proof: listOf(BYTES) })),
});

const FEE_HISTORY = object(
  {
    oldestBlock: QUANTITY,
    baseFeePerGas: listOf(QUANTITY),
    gasUsedRatio: listOf(RATIO),
    baseFeePerBlobGas: listOf(QUANTITY),
    blobGasUsedRatio: listOf(RATIO),
  },
  { reward: listOf(listOf(QUANTITY)) },
);

/** The answer schema of each method. */
export const RESULTS: Readonly<Record<string, SchemaObject>> = {
  eth_accounts: listOf(ADDRESS),
  eth_blockNumber: QUANTITY,
  eth_call: BYTES,
  eth_chainId: QUANTITY,
  eth_estimateGas: QUANTITY,
  eth_feeHistory: FEE_HISTORY,
  eth_gasPrice: QUANTITY,
  eth_getBalance: QUANTITY,
  eth_getBlockByHash: orNull(BLOCK),
  eth_getBlockByNumber: orNull(BLOCK),
  eth_getBlockReceipts: orNull(listOf(RECEIPT)),
  eth_getBlockTransactionCountByHash: orNull(QUANTITY),
  eth_getBlockTransactionCountByNumber: orNull(QUANTITY),
  eth_getCode: BYTES,
  eth_getLogs: listOf(LOG),
  eth_getProof: PROOF,
  eth_getStorageAt: HASH,
  eth_getTransactionByBlockHashAndIndex: orNull(INCLUDED_TRANSACTION),
  eth_getTransactionByBlockNumberAndIndex: orNull(INCLUDED_TRANSACTION),
  eth_getTransactionByHash: orNull(ANY_TRANSACTION),
  eth_getTransactionCount: QUANTITY,
  eth_getTransactionReceipt: orNull(RECEIPT),
  eth_getUncleCountByBlockHash: orNull(QUANTITY),
  eth_getUncleCountByBlockNumber: orNull(QUANTITY),
  eth_maxPriorityFeePerGas: QUANTITY,
  eth_sendRawTransaction: HASH,
  eth_syncing: { const: false },
  net_listening: { type: 'boolean' },
  net_peerCount: QUANTITY,
  net_version: matching('^(0|[1-9][0-9]*)$'),
  web3_clientVersion: { type: 'string', minLength: 1 },
  web3_sha3: HASH,
};

/** JSON-RPC 2.0, the additions of EIP-1474, and 3 for a revert, the only one with data. */
const CODES = [-32700, -32600, -32601, -32602, -32603, -32000, -32001, -32002, -32003, -32004, -32005];
const REVERTED = 3;

const ERROR: SchemaObject = {
  oneOf: [
    object({ code: { enum: CODES }, message: { type: 'string', minLength: 1 } }, { data: { type: 'object' } }),
    object({ code: { const: REVERTED }, message: { type: 'string', pattern: '^execution reverted' }, data: BYTES }),
  ],
};

const ID: SchemaObject = { type: ['string', 'number', 'null'] };
const VERSION: SchemaObject = { const: '2.0' };

const ajv = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true });
const validators = new Map<string, ValidateFunction>();

/** @throws Error locating where the answer to a call deviates from the execution API. */
export function assertAnswer(method: string, answer: unknown): void {
  const validate = validators.get(method) ?? ajv.compile(answerOf(method));
  validators.set(method, validate);
  if (validate(answer)) return;
  const text = JSON.stringify(answer)?.slice(0, 2_000);
  throw new Error(`${method}: ${ajv.errorsText(validate.errors)}\n${text}`);
}

/** A method that the node lacks can only be rejected. */
function answerOf(method: string): SchemaObject {
  const result = Object.hasOwn(RESULTS, method) ? [object({ jsonrpc: VERSION, id: ID, result: RESULTS[method]! })] : [];
  return { oneOf: [...result, object({ jsonrpc: VERSION, id: ID, error: ERROR })] };
}
