import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ephemeral ports for outgoing connections, one of which could take it before a server does. */
const LOWEST = 10_240;
const HIGHEST = 32_767;
const TRIES = 100;

/** Finds a port without a listener. @throws Error if there is none */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${TRIES} ports between ${LOWEST} and ${HIGHEST} was free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
