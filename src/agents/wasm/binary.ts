import { malformed } from './wasm-refused.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the WebAssembly binary format (https://webassembly.github.io/spec/core/binary/). Every overrun is `agents.wasm_malformed`. */
export class BinaryReader {
  constructor(
    private readonly bytes: Uint8Array,
    public offset = 0,
    private readonly end = bytes.length,
  ) {}

  get atEnd(): boolean {
    return this.offset >= this.end;
  }

  byte(): number {
    if (this.atEnd) throw malformed(`The module ends early, at byte ${this.offset}.`);
    return this.bytes[this.offset++]!;
  }

  /** The next byte, without consuming it. */
  peek(): number {
    const next = this.byte();
    this.offset--;
    return next;
  }

  take(length: number): Uint8Array {
    if (length > this.end - this.offset) throw malformed(`The module ends early, at byte ${this.offset}.`);
    this.offset += length;
    return this.bytes.subarray(this.offset - length, this.offset);
  }

  /** The raw input between two offsets. */
  slice(from: number, to: number): Uint8Array {
    return this.bytes.subarray(from, to);
  }

  /** Unsigned LEB128 of at most 32 bits, in at most five bytes. */
  u32(): number {
    let value = 0;
    for (let position = 0; position < 5; position++) {
      const byte = this.byte();
      if (position === 4 && byte > 0x0f) break;
      value += (byte & 0x7f) * 2 ** (7 * position);
      if (byte < 0x80) return value;
    }
    throw malformed(`A number at byte ${this.offset} is longer than 32 bits.`);
  }

  /** Skips a signed LEB128; the engine's own validation checks its value. */
  skipSigned(maxBytes: number): void {
    for (let position = 0; position < maxBytes; position++) if (this.byte() < 0x80) return;
    throw malformed(`A number at byte ${this.offset} is too long.`);
  }

  name(): string {
    const bytes = this.take(this.u32());
    try {
      return utf8.decode(bytes);
    } catch {
      throw malformed(`A name before byte ${this.offset} is not UTF-8.`);
    }
  }

  /** A reader over the next `length` bytes, which this reader skips. */
  part(length: number): BinaryReader {
    const start = this.offset;
    this.take(length);
    return new BinaryReader(this.bytes, start, start + length);
  }

  /** The raw rest of the input. */
  rest(): Uint8Array {
    return this.take(this.end - this.offset);
  }
}

export function encodeU32(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

export function concatBytes(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
