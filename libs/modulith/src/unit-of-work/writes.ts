import { refusesWrites } from './passing-failure.js';

/** How long a result is considered fresh. */
const FRESH_MS = 5_000;
/** A probe may succeed where real writes fail, such as on a nearly full disk: a refusal counts for a while. */
const REFUSAL_MS = 10_000;

/** Whether a database accepts writes, judged by recent ones; without any for some seconds, by a small probe. */
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

  /** @throws the error that keeps the database from accepting writes */
  async assertPossible(): Promise<void> {
    const now = performance.now();
    if (this.refusal && now - this.refusal.at < REFUSAL_MS) throw this.refusal.error;
    if (now - this.succeededAt < FRESH_MS) return;
    await (this.probing ??= this.probe().finally(() => (this.probing = undefined)));
  }
}
