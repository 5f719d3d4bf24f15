/** The maximum length of a JSON-RPC answer, in characters: the largest receipt that a transaction's gas allows fits. */
export const MAX_RPC_ANSWER = 25 * 1024 * 1024;
