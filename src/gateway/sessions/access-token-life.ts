/** Seconds. Short, because withdrawals have to be remembered for this long. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
