/** An answer is kept so many times as long as it took: all questions together take no more than a hundredth of the time. */
const KEPT_TIMES = 100;
/** What is quicker costs nothing worth sparing, and is as fresh as can be. */
const QUICK_MS = 20;

/**
 * Reads something that grows slow with the amount of data, such as a count of rows, no oftener than the database can
 * bear: fresh each time while that is quick, and seconds old when it is not. Whoever asks meanwhile gets the same answer.
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
