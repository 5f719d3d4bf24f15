import { batchesOf } from './batches.js';
import type { FrameItem } from './frame.js';

const MAX_ITEMS = 256;
const MAX_LENGTH = 256 * 1024;

/** The broadcasts of one tick, by channel. */
export class BroadcastBatches {
  private readonly waiting = new Map<string, FrameItem[]>();
  private flushing?: NodeJS.Immediate;

  constructor(private readonly send: (channel: string, items: readonly FrameItem[]) => void) {}

  add(channel: string, body: string): void {
    const items = this.waiting.get(channel);
    if (items) items.push({ head: 0, body });
    else this.waiting.set(channel, [{ head: 0, body }]);
    this.flushing ??= setImmediate(() => this.flush());
  }

  flush(): void {
    clearImmediate(this.flushing);
    this.flushing = undefined;
    for (const [channel, items] of this.waiting) {
      for (const batch of batchesOf(items, MAX_ITEMS, MAX_LENGTH)) this.send(channel, batch);
    }
    this.waiting.clear();
  }
}
