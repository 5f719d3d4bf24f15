import { bytesToHex, hexToBytes } from '@ethereumjs/util';
import { type Hex, keccak256 } from 'viem';

/** The 2048 bit filter of a receipt: three bits for every address and topic (Yellow Paper, 4.3.1). */
export class Bloom {
  private readonly bits = new Uint8Array(256);
  private readonly seen = new Set<string>();

  /** @param entry an address or topic, hex. */
  add(entry: string): void {
    if (this.seen.has(entry)) return;
    this.seen.add(entry);
    const hash = keccak256(hexToBytes(entry as Hex), 'bytes');
    for (const pair of [0, 2, 4]) {
      const bit = ((hash[pair]! << 8) | hash[pair + 1]!) & 2047;
      this.bits[255 - (bit >> 3)]! |= 1 << (bit & 7);
    }
  }

  toHex(): string {
    return bytesToHex(this.bits);
  }
}
