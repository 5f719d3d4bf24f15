/** `npm run test:full` tries at length what `npm test` tries a few times; specs named `*.full.spec.ts` run only there. */
const isFull = process.env['TEST_EXTENT'] === 'full';

export function inFull<T>(full: T, otherwise: T): T {
  return isFull ? full : otherwise;
}
