import { MAX_RPC_ANSWER } from '../contract/rpc-answer.js';
import { RPC_CODES, RpcError } from './rpc-error.js';

/** A part of an answer that is already JSON. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** @throws RpcError before an oversized answer is built. */
export function assertAnswerable(characters: number, advice: string): void {
  if (characters > MAX_RPC_ANSWER) throw tooLarge(advice);
}

export function tooLarge(advice: string): RpcError {
  return new RpcError(RPC_CODES.limitExceeded, `the answer is too large; ${advice}`);
}
