/** What one answer of JSON-RPC may take, in characters: every receipt that a transaction's gas can make fits. */
export const MAX_RPC_ANSWER = 25 * 1024 * 1024;
