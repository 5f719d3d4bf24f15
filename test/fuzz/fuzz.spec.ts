import { describeFuzz } from './describe-fuzz.js';

// A sample of what `npm run test:fuzz` tries in full; always the same, so that it finds the same.
describeFuzz({ attempts: 6, seed: 1 }, 120_000);
