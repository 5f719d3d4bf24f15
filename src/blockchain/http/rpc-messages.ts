import type { DomainError } from '@aitbc/modulith';
import { isLosslessNumber, parse as parseLossless } from 'lossless-json';

/** Codes of JSON-RPC 2.0 and EIP-1474. */
export const RPC_ERRORS = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  unavailable: -32002,
  limitExceeded: -32005,
} as const;

export interface RpcRequest {
  /** As sent, JSON; absent for a notification, which gets no answer. */
  readonly id: string | undefined;
  readonly method: string;
  readonly params: unknown[];
}

/** An invalid request, with its error. */
export interface RpcFault {
  readonly id: string;
  readonly code: number;
  readonly message: string;
}

const METHOD = /^\w{1,100}$/;
const NO_ID = 'null';
/** An id that JavaScript would read as a different number, or write differently. */
const DELICATE_ID = /"id"\s*:\s*-?(\d{16}|\d+[.eE])/;

/** @param idOf the id as sent, if it must be preserved. */
export function readRpcRequest(message: unknown, idOf: () => string | undefined): RpcRequest | RpcFault {
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return { id: NO_ID, code: RPC_ERRORS.invalidRequest, message: 'invalid request: an object is needed' };
  const { jsonrpc, id, method, params } = message as Record<string, unknown>;
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number')
    return { id: NO_ID, code: RPC_ERRORS.invalidRequest, message: 'invalid request: id is no text and no number' };
  const sent = id === undefined ? undefined : (idOf() ?? JSON.stringify(id));
  const fault = (code: number, text: string): RpcFault => ({ id: sent ?? NO_ID, code, message: text });
  if (jsonrpc !== '2.0') return fault(RPC_ERRORS.invalidRequest, 'invalid request: jsonrpc must be "2.0"');
  if (typeof method !== 'string') return fault(RPC_ERRORS.invalidRequest, 'invalid request: a method is needed');
  if (params !== undefined && params !== null && !Array.isArray(params))
    return fault(RPC_ERRORS.invalidParams, 'non-array args');
  if (!METHOD.test(method)) return fault(RPC_ERRORS.methodNotFound, 'the method does not exist/is not available');
  return { id: sent, method, params: params ?? [] };
}

/**
 * The ids in a body whose numbers JavaScript cannot represent: clients match answers by the exact id sent.
 * @returns by position in the batch; undefined if the id needs no special treatment.
 */
export function delicateIds(text: string): (index?: number) => string | undefined {
  if (!DELICATE_ID.test(text)) return () => undefined;
  let body: unknown;
  try {
    body = parseLossless(text);
  } catch {
    return () => undefined; // a duplicate name in an object, which only JSON.parse accepts
  }
  return (index) => {
    const message = (index === undefined ? body : (body as unknown[])[index]) as { id?: unknown };
    return isLosslessNumber(message.id) ? message.id.value : undefined;
  };
}

export function rpcError(id: string, code: number, message: string): string {
  return `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message })}}`;
}

/** Maps a platform error to the codes of EIP-1474, with the texts that clients match. */
export function toRpcError({ code, kind, message }: DomainError): { code: number; message: string } {
  if (code === 'validation_failed') return { code: RPC_ERRORS.invalidParams, message: `invalid argument: ${message}` };
  if (code.startsWith('blockchain.'))
    return { code: kind === 'unavailable' || kind === 'too_many' ? RPC_ERRORS.limitExceeded : -32000, message };
  return { code: kind === 'unavailable' ? RPC_ERRORS.unavailable : RPC_ERRORS.internal, message };
}
