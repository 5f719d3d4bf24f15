import type { Pending } from './pending-requests.js';

/** Unsent requests, by service. */
export class RequestQueues {
  private readonly queues = new Map<string, Pending[]>();
  /** Services whose requests Redis just rejected, and when to retry. */
  private readonly retryAt = new Map<string, number>();

  get isEmpty(): boolean {
    return this.queues.size === 0;
  }

  add(pending: Pending): void {
    pending.isQueued = true;
    const queue = this.queues.get(pending.service);
    if (queue) queue.push(pending);
    else this.queues.set(pending.service, [pending]);
  }

  /** Pauses sending to the service. */
  delay(service: string, ms: number): void {
    this.retryAt.set(service, Date.now() + ms);
  }

  clear(): void {
    this.queues.clear();
    this.retryAt.clear();
  }

  /** Removes and returns the requests that may be sent now, by service. */
  takeReady(): Array<[service: string, queue: Pending[]]> {
    const ready: Array<[string, Pending[]]> = [];
    for (const [service, queue] of this.queues) {
      if (this.isDelayed(service)) continue;
      this.queues.delete(service);
      const wanted = queue.filter((pending) => !pending.isSettled);
      if (wanted.length > 0) ready.push([service, wanted]);
    }
    return ready;
  }

  /** Removes and returns never-sent requests that have waited since `latest` or longer. */
  takeImpatient(latest: number): Pending[] {
    const impatient: Pending[] = [];
    for (const [service, queue] of this.queues) {
      const rest = queue.filter((pending) => {
        if (pending.isSettled) return false;
        if (pending.mayBeSent || pending.since > latest) return true;
        impatient.push(pending);
        return false;
      });
      if (rest.length > 0) this.queues.set(service, rest);
      else this.queues.delete(service);
    }
    return impatient;
  }

  private isDelayed(service: string): boolean {
    const until = this.retryAt.get(service);
    if (until === undefined) return false;
    if (Date.now() < until) return true;
    this.retryAt.delete(service);
    return false;
  }
}
