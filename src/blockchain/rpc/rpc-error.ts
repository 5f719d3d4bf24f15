import { EngineError } from '../engine/engine-error.js';

/** Codes of JSON-RPC 2.0, EIP-1474 and geth. */
export const RPC_CODES = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  server: -32000,
  limitExceeded: -32005,
  reverted: 3,
} as const;

export interface RpcErrorBody {
  readonly code: number;
  readonly message: string;
  readonly data?: string;
}

/** A JSON-RPC error answer. */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    readonly code: number,
    message: string,
    readonly data?: string,
  ) {
    super(message);
  }
}

export function invalidParams(message: string): RpcError {
  return new RpcError(RPC_CODES.invalidParams, message);
}

/** @returns undefined for errors that clients must not see. */
export function toRpcErrorBody(error: unknown): RpcErrorBody | undefined {
  if (error instanceof RpcError) return body(error.code, error.message, error.data);
  if (!(error instanceof EngineError)) return undefined;
  if (error.fault === 'execution_reverted') return body(RPC_CODES.reverted, error.message, error.data);
  return body(RPC_CODES.server, error.message);
}

function body(code: number, message: string, data?: string): RpcErrorBody {
  return data === undefined ? { code, message } : { code, message, data };
}
