import type { BinaryReader } from './binary.js';
import { WasmRefused } from './wasm-refused.js';

export interface FunctionLimits {
  /** Size of a function's body, in bytes. */
  functionBytes: number;
  /** Parameters and locals of a function. */
  locals: number;
  /** The maximum nesting of its blocks. */
  nesting: number;
  /**
   * Locals times places where control divides or joins. A compiler keeps every local for every such place: 50,000
   * locals and 2,000 ifs are 21 kB of module and 2.3 GB of memory.
   */
  localsAtJoins: number;
}

const isBlock = (opcode: number) => opcode >= 0x02 && opcode <= 0x04;
const elseOpcode = 0x05;
const endOpcode = 0x0b;
const isBranch = (opcode: number) => opcode === 0x0c || opcode === 0x0d;
const branchTable = 0x0e;

/** Scans one function body and rejects it as soon as its compilation would cost too much. */
export class FunctionBounds {
  private depth = 0;
  private joins = 0;

  /** @throws WasmRefused */
  constructor(
    private readonly limits: FunctionLimits,
    bodyBytes: number,
    private locals: number,
  ) {
    if (bodyBytes > limits.functionBytes) throw tooLarge(`A function is larger than ${limits.functionBytes} bytes.`);
  }

  /** Reads the declarations at the start of the body. @throws WasmRefused */
  readLocals(body: BinaryReader): void {
    for (let groups = body.u32(); groups > 0; groups--) {
      this.locals += body.u32();
      body.byte();
      if (this.locals > this.limits.locals) throw tooLarge(`A function has more than ${this.limits.locals} locals.`);
    }
  }

  /** @param length bytes of the instruction: at least as many as a branch table has targets @throws WasmRefused */
  instruction(opcode: number, length: number): void {
    if (isBlock(opcode)) this.depth++;
    if (opcode === endOpcode) this.depth--;
    if (this.depth > this.limits.nesting) {
      throw tooLarge(`A function has more than ${this.limits.nesting} blocks in each other.`);
    }
    if (opcode === branchTable) this.joins += length;
    else if (isBlock(opcode) || opcode === elseOpcode || isBranch(opcode)) this.joins++;
    if (this.joins * this.locals > this.limits.localsAtJoins) {
      throw tooLarge(`A function has too many locals for its branches: ${this.locals} for more than ${this.joins}.`);
    }
  }
}

const tooLarge = (message: string) => new WasmRefused('agents.wasm_too_large', message);
