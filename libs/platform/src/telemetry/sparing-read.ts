/** A result is cached for this multiple of the time it took: reads take no more than a hundredth of the time. */
const KEPT_TIMES = 100;
/** Faster reads are not cached. */
const QUICK_MS = 20;

/**
 * Throttles a read that slows down as data grows, such as a row count: fresh each time while it is fast, and seconds
 * old when it is not. Concurrent callers share one read.
 */
export class SparingRead<T> {
  private answer?: Promise<T>;
  private keptUntil = 0;

  constructor(
    private readonly read: () => Promise<T>,
    private readonly timer: () => number = () => performance.now(),
  ) {}

  get(): Promise<T> {
    if (!this.answer || this.timer() >= this.keptUntil) this.answer = this.begin();
    return this.answer;
  }

  private async begin(): Promise<T> {
    const begun = this.timer();
    this.keptUntil = Number.POSITIVE_INFINITY;
    try {
      const answer = await this.read();
      const took = this.timer() - begun;
      this.keptUntil = took < QUICK_MS ? 0 : this.timer() + took * KEPT_TIMES;
      return answer;
    } catch (error) {
      this.keptUntil = 0;
      throw error;
    }
  }
}
