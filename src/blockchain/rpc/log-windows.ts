import { RPC_CODES, RpcError } from './rpc-error.js';

const FIRST_WINDOW = 1_000;
/** A faster window grows, a slower one shrinks: not every database can cancel a running statement. */
const QUICK_MS = 100;
const SLOW_MS = 400;
const LIMIT_MS = 5_000;

export interface BlockRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Scans blocks in windows, for filters that no index may serve: the database then reads every row of a window.
 * @param clock milliseconds. @throws RpcError when it exceeds its time limit.
 */
export async function lookThrough(
  { first, last }: BlockRange,
  look: (window: BlockRange) => Promise<void>,
  clock: () => number,
): Promise<void> {
  const until = clock() + LIMIT_MS;
  let size = FIRST_WINDOW;
  for (let from = first; from <= last;) {
    const began = clock();
    if (began >= until)
      throw new RpcError(
        RPC_CODES.limitExceeded,
        `query takes too long; narrow the block range (blocks ${first} to ${from - 1} took ${LIMIT_MS} ms) or name an address`,
      );
    const to = Math.min(last, from + size - 1);
    await look({ first: from, last: to });
    const took = clock() - began;
    if (took < QUICK_MS) size *= 4;
    else if (took > SLOW_MS) size = Math.max(1, Math.floor(size / 4));
    from = to + 1;
  }
}
