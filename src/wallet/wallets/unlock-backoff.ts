/** Wrong passwords without a penalty. */
export const FREE_ATTEMPTS = 5;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * The wait before the next attempt, by consecutive wrong ones: 5 s after the fifth, doubling each time up to an hour.
 */
export function waitAfter(wrongAttempts: number): number {
  if (wrongAttempts < FREE_ATTEMPTS) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (wrongAttempts - FREE_ATTEMPTS), LONGEST_WAIT_MS);
}
