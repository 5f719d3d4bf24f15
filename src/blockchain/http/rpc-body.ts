import { BodyTooComplex, parseJson } from '@aitbc/platform';
import { delicateIds, readRpcRequest, RPC_ERRORS, type RpcFault, type RpcRequest } from './rpc-messages.js';

export interface RpcBody {
  /** Whether the answer is a list. */
  readonly isBatch: boolean;
  /** In request order. */
  readonly calls: readonly (RpcRequest | RpcFault)[];
}

const MAX_BATCH = 100;
/** Allows a batch of calls with their lists of addresses, slots and overrides. */
const MOST = { depth: 32, values: 25_000 };

/** The calls in a raw body. Items that are not calls become errors in the same position. */
export function readRpcBody(body: unknown): RpcBody {
  if (!Buffer.isBuffer(body)) return single(fault(RPC_ERRORS.invalidRequest, 'invalid request: the body is empty'));
  let message: unknown;
  try {
    message = parseJson(body, MOST);
  } catch (error) {
    if (error instanceof BodyTooComplex) return single(fault(RPC_ERRORS.limitExceeded, error.message));
    return single(fault(RPC_ERRORS.parse, 'parse error: the body is not well-formed JSON'));
  }
  const idOf = delicateIds(body.toString('utf8'));
  if (!Array.isArray(message)) return single(readRpcRequest(message, () => idOf()));
  if (message.length === 0) return single(fault(RPC_ERRORS.invalidRequest, 'invalid request: the batch is empty'));
  if (message.length > MAX_BATCH)
    return single(fault(RPC_ERRORS.invalidRequest, `invalid request: a batch has at most ${MAX_BATCH} calls`));
  return { isBatch: true, calls: message.map((each, index) => readRpcRequest(each, () => idOf(index))) };
}

function single(call: RpcRequest | RpcFault): RpcBody {
  return { isBatch: false, calls: [call] };
}

function fault(code: number, message: string): RpcFault {
  return { id: 'null', code, message };
}
