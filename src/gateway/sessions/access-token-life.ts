/** Seconds. Short, because whom a token was withdrawn from has to be remembered for so long. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;
