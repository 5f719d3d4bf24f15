/** Wrong passwords that cost nothing. */
export const FREE_ATTEMPTS = 5;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 3_600_000;

/** How long to wait before the next try after so many wrong ones in a row: 5 s after the fifth, twice as long each time, an hour at most. */
export function waitAfter(wrongAttempts: number): number {
  if (wrongAttempts < FREE_ATTEMPTS) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (wrongAttempts - FREE_ATTEMPTS), LONGEST_WAIT_MS);
}
