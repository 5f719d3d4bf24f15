import { refusesWrites } from './passing-failure.js';

/** What was true so long ago may have changed. */
const FRESH_MS = 5_000;
/** A probe may fit where real work does not, such as on a disk that is nearly full: a refusal counts for a while. */
const REFUSAL_MS = 10_000;

/** Whether a database takes writes, as seen by those that were tried; where none was for some seconds, by a small one. */
export class Writes {
  private succeededAt = -Infinity;
  private refusal?: { readonly error: unknown; readonly at: number };
  private probing?: Promise<void>;

  constructor(private readonly probe: () => Promise<void>) {}

  succeeded(): void {
    this.succeededAt = performance.now();
  }

  failed(error: unknown): void {
    if (refusesWrites(error)) this.refusal = { error, at: performance.now() };
  }

  /** @throws whatever keeps the database from taking writes */
  async assertPossible(): Promise<void> {
    const now = performance.now();
    if (this.refusal && now - this.refusal.at < REFUSAL_MS) throw this.refusal.error;
    if (now - this.succeededAt < FRESH_MS) return;
    await (this.probing ??= this.probe().finally(() => (this.probing = undefined)));
  }
}
