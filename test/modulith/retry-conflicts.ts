import { ConcurrencyConflict } from '@aitbc/modulith';

/** Sends again what was certainly not executed, as a caller would. */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConcurrencyConflict) || attempt > 50) throw error;
    }
  }
}
