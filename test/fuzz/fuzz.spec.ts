import { inFull } from '../support/extent.js';
import { describeFuzz } from './describe-fuzz.js';

// A sample of what `npm run test:fuzz` tries in full; always the same, so that it finds the same.
describeFuzz({ attempts: inFull(6, 2), seed: 1 }, 120_000);
