import { createHash } from 'node:crypto';

/** Bytes that look random and depend on the seed alone: SHA-256 over seed and counter. Not a source of secrets. */
export class SeededRandom {
  private counter = 0;
  private block = new Uint8Array(0);

  constructor(private readonly seed: Uint8Array) {}

  fill(target: Uint8Array): void {
    let filled = 0;
    while (filled < target.length) {
      if (this.block.length === 0) this.block = this.nextBlock();
      const part = this.block.subarray(0, target.length - filled);
      target.set(part, filled);
      this.block = this.block.subarray(part.length);
      filled += part.length;
    }
  }

  private nextBlock(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(createHash('sha256').update(this.seed).update(String(this.counter++)).digest());
  }
}
