/** A guest pointer outside the guest's memory: the guest gets EFAULT, as from a kernel. */
export class Fault extends Error {}

/** Reads and writes the memory of a running module. Pointers are untrusted: each access is checked. */
export class GuestMemory {
  private memory: WebAssembly.Memory | undefined;

  attach(memory: WebAssembly.Memory): void {
    this.memory = memory;
  }

  /** A view of the memory; do not keep it, because growing the memory detaches it. */
  bytes(pointer: number, length: number): Uint8Array {
    const from = pointer >>> 0;
    const size = length >>> 0;
    if (!this.memory || from + size > this.memory.buffer.byteLength) throw new Fault();
    return new Uint8Array(this.memory.buffer, from, size);
  }

  view(pointer: number, length: number): DataView {
    const { buffer, byteOffset, byteLength } = this.bytes(pointer, length);
    return new DataView(buffer, byteOffset, byteLength);
  }

  write(pointer: number, bytes: Uint8Array): void {
    this.bytes(pointer, bytes.length).set(bytes);
  }

  writeU32(pointer: number, value: number): void {
    this.view(pointer, 4).setUint32(0, value, true);
  }

  writeU64(pointer: number, value: bigint): void {
    this.view(pointer, 8).setBigUint64(0, BigInt.asUintN(64, value), true);
  }

  /** The buffers that an iovec array describes, in order. */
  *buffers(pointer: number, count: number): Generator<Uint8Array> {
    for (let index = 0; index < count >>> 0; index++) {
      const entry = this.view((pointer >>> 0) + index * 8, 8);
      yield this.bytes(entry.getUint32(0, true), entry.getUint32(4, true));
    }
  }
}
