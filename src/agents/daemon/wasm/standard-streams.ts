import { WasmRefused } from '../../wasm/wasm-refused.js';

const stdin = 0;
const stdout = 1;
const stderr = 2;

/** The three standard streams of a job, in memory: input given beforehand, output kept up to a limit. */
export class StandardStreams {
  private readonly open = new Set([stdin, stdout, stderr]);
  private readonly chunks = { [stdout]: [] as Uint8Array[], [stderr]: [] as Uint8Array[] };
  private read = 0;
  private written = 0;

  constructor(
    private readonly input: Uint8Array,
    /** Bytes that standard output and standard error may hold together. */
    private readonly outputLimit: number,
  ) {}

  isOpen(descriptor: number): boolean {
    return this.open.has(descriptor);
  }

  isReadable(descriptor: number): boolean {
    return descriptor === stdin && this.isOpen(stdin);
  }

  isWritable(descriptor: number): boolean {
    return descriptor !== stdin && this.isOpen(descriptor);
  }

  close(descriptor: number): void {
    this.open.delete(descriptor);
  }

  get unread(): number {
    return this.input.length - this.read;
  }

  /** Fills as much of the target as there is input; returns the number of bytes. */
  readInto(target: Uint8Array): number {
    const part = this.input.subarray(this.read, this.read + target.length);
    target.set(part);
    this.read += part.length;
    return part.length;
  }

  /** @throws WasmRefused `agents.wasm_output_exceeded` */
  write(descriptor: number, bytes: Uint8Array): void {
    this.written += bytes.length;
    if (this.written > this.outputLimit) {
      throw new WasmRefused('agents.wasm_output_exceeded', `The job wrote more than ${this.outputLimit} bytes.`);
    }
    if (bytes.length > 0) this.chunks[descriptor as 1 | 2].push(bytes.slice());
  }

  get stdout(): Uint8Array {
    return Buffer.concat(this.chunks[stdout]);
  }

  get stderr(): Uint8Array {
    return Buffer.concat(this.chunks[stderr]);
  }
}
