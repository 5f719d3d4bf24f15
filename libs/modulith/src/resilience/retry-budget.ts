/** Retries may add this share to the number of calls, so that they do not overload a struggling module. */
const SHARE = 0.1;
/** The maximum and the initial balance. */
const MOST = 20;

/** A caller's retry budget: each call earns a fraction of a retry. */
export class RetryBudget {
  private saved = MOST;

  earn(): void {
    if (this.saved < MOST) this.saved += SHARE;
  }

  /** Consumes one retry; false if none is left. */
  spend(): boolean {
    if (this.saved < 1) return false;
    this.saved -= 1;
    return true;
  }
}
