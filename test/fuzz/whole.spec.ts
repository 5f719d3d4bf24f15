import { randomInt } from 'node:crypto';
import { describeFuzz } from './describe-fuzz.js';

/** Every attempt there is, in an order that is another one each time. */
describeFuzz({ attempts: Number.POSITIVE_INFINITY, seed: randomInt(2 ** 31) }, 3_600_000);
