/** Retries may add this share to the calls, so that they do not bury a module that is in trouble. */
const SHARE = 0.1;
/** What may be saved up, and what there is at the start. */
const MOST = 20;

/** How many retries a caller may still afford: each call earns a part of one. */
export class RetryBudget {
  private saved = MOST;

  earn(): void {
    if (this.saved < MOST) this.saved += SHARE;
  }

  /** Takes one retry; false when none is left. */
  spend(): boolean {
    if (this.saved < 1) return false;
    this.saved -= 1;
    return true;
  }
}
