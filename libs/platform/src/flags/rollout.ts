import { createHash } from 'node:crypto';

/** The resolution of percentages: hundredths of a percent. */
const BASIS_POINTS = 10_000;

/** The bucket of a targeting key for a flag: 0 to 9999, stable, and independent of its buckets for other flags. */
export function lotOf(flagKey: string, salt: string, targetingKey: string): number {
  const digest = createHash('sha256').update(`${flagKey}\n${salt}\n${targetingKey}`).digest();
  // 2^32 is so much larger than 10,000 that the modulo bias stays below 0.0003 %.
  return digest.readUInt32BE() % BASIS_POINTS;
}

/** Whether a bucket is within a percentage. A larger percentage includes every bucket of a smaller one. */
export function isWithin(percentage: number, lot: number): boolean {
  return lot < Math.round((percentage * BASIS_POINTS) / 100);
}
