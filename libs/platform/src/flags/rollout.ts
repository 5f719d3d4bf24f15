import { createHash } from 'node:crypto';

/** How finely a percentage divides the targeting keys: hundredths of a percent. */
const BASIS_POINTS = 10_000;

/** The lot of a targeting key for a flag: 0 to 9999, always the same, and independent of its lots for other flags. */
export function lotOf(flagKey: string, salt: string, targetingKey: string): number {
  const digest = createHash('sha256').update(`${flagKey}\n${salt}\n${targetingKey}`).digest();
  // 2^32 is so much larger than 10,000 that the remainder favours nobody by more than 0.0003 %.
  return digest.readUInt32BE() % BASIS_POINTS;
}

/** Whether a lot is within a share. A larger share holds every lot of a smaller one. */
export function isWithin(percentage: number, lot: number): boolean {
  return lot < Math.round((percentage * BASIS_POINTS) / 100);
}
