import type { DomainError } from '@aitbc/modulith';

export interface RpcRequest {
  readonly jsonrpc: '2.0';
  readonly id?: string | number | null;
  readonly method: string;
  readonly params?: unknown[];
}

export function isRpcRequest(value: unknown): value is RpcRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { jsonrpc, id, method, params } = value as Record<string, unknown>;
  const namedRight = id === undefined || id === null || typeof id === 'string' || typeof id === 'number';
  return (
    jsonrpc === '2.0' && namedRight && typeof method === 'string' && (params === undefined || Array.isArray(params))
  );
}

export function rpcError(id: string | number | null, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
}

/** A refusal of the platform in the codes of EIP-1474; the texts are those that clients match. */
export function toRpcError({ code, kind, message }: DomainError): { code: number; message: string } {
  if (code === 'validation_failed') return { code: -32602, message: `invalid argument: ${message}` };
  if (code.startsWith('blockchain.')) return { code: kind === 'unavailable' ? -32005 : -32000, message };
  return { code: kind === 'unavailable' ? -32002 : -32603, message };
}
