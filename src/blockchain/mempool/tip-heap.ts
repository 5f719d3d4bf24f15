import type { PooledTransaction } from './pooled-transaction.js';
import { compareBigint } from './price.js';

/** A binary heap ordered by tip above the base fee; ties go to the earlier arrival. */
export class TipHeap {
  private readonly items: PooledTransaction[] = [];

  constructor(private readonly baseFee: bigint) {}

  push(item: PooledTransaction): void {
    let index = this.items.push(item) - 1;
    for (let parent = (index - 1) >> 1; index > 0 && this.better(index, parent); parent = (index - 1) >> 1) {
      this.swap(index, parent);
      index = parent;
    }
  }

  pop(): PooledTransaction | undefined {
    const [top] = this.items;
    const last = this.items.pop();
    if (this.items.length === 0 || last === undefined) return top;
    this.items[0] = last;
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let best = index;
      if (left < this.items.length && this.better(left, best)) best = left;
      if (right < this.items.length && this.better(right, best)) best = right;
      if (best === index) return top;
      this.swap(index, best);
      index = best;
    }
  }

  private better(left: number, right: number): boolean {
    const [a, b] = [this.items[left]!, this.items[right]!];
    return (compareBigint(this.tip(b), this.tip(a)) || a.receivedAt - b.receivedAt) < 0;
  }

  private tip({ maxFee, priorityFee }: PooledTransaction): bigint {
    return maxFee - this.baseFee < priorityFee ? maxFee - this.baseFee : priorityFee;
  }

  private swap(left: number, right: number): void {
    [this.items[left], this.items[right]] = [this.items[right]!, this.items[left]!];
  }
}
