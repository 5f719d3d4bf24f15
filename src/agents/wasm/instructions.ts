import type { BinaryReader } from './binary.js';
import { forbiddenFeature } from './wasm-refused.js';

const reads = {
  nothing: () => undefined,
  index: (body: BinaryReader) => void body.u32(),
  twoIndices: (body: BinaryReader) => (body.u32(), void body.u32()),
  byte: (body: BinaryReader) => void body.byte(),
  signed32: (body: BinaryReader) => body.skipSigned(5),
  signed64: (body: BinaryReader) => body.skipSigned(10),
  bytes4: (body: BinaryReader) => void body.take(4),
  bytes8: (body: BinaryReader) => void body.take(8),
  bytes16: (body: BinaryReader) => void body.take(16),
  memoryAccess,
  branchTable: (body: BinaryReader) => {
    for (let targets = body.u32(); targets > 0; targets--) body.u32();
    body.u32();
  },
  types: (body: BinaryReader) => void body.take(body.u32()),
  laneAccess: (body: BinaryReader) => (memoryAccess(body), void body.byte()),
};
type ReadImmediates = (body: BinaryReader) => void;

function memoryAccess(body: BinaryReader): void {
  // Bit 6 of the alignment announces a memory index, from the multi-memory proposal.
  if (body.u32() >= 0x40) throw forbiddenFeature('Several memories are not supported.');
  body.u32();
}

function table(ranges: readonly [from: number, to: number, ReadImmediates][]): ReadonlyMap<number, ReadImmediates> {
  const map = new Map<number, ReadImmediates>();
  for (const [from, to, read] of ranges) for (let opcode = from; opcode <= to; opcode++) map.set(opcode, read);
  return map;
}

/** WebAssembly 2.0 plus tail calls: all instructions with the same result on every machine (except for NaN bits). */
const plain = table([
  [0x00, 0x01, reads.nothing], // unreachable, nop
  [0x02, 0x04, reads.signed32], // block, loop, if: block type
  [0x05, 0x05, reads.nothing], // else
  [0x0b, 0x0b, reads.nothing], // end
  [0x0c, 0x0d, reads.index], // br, br_if
  [0x0e, 0x0e, reads.branchTable],
  [0x0f, 0x0f, reads.nothing], // return
  [0x10, 0x10, reads.index], // call
  [0x11, 0x11, reads.twoIndices], // call_indirect
  [0x12, 0x12, reads.index], // return_call
  [0x13, 0x13, reads.twoIndices], // return_call_indirect
  [0x1a, 0x1b, reads.nothing], // drop, select
  [0x1c, 0x1c, reads.types], // select with types
  [0x20, 0x26, reads.index], // locals, globals, table.get, table.set
  [0x28, 0x3e, reads.memoryAccess],
  [0x3f, 0x40, reads.index], // memory.size, memory.grow
  [0x41, 0x41, reads.signed32],
  [0x42, 0x42, reads.signed64],
  [0x43, 0x43, reads.bytes4],
  [0x44, 0x44, reads.bytes8],
  [0x45, 0xc4, reads.nothing], // numeric
  [0xd0, 0xd0, reads.signed32], // ref.null
  [0xd1, 0xd1, reads.nothing], // ref.is_null
  [0xd2, 0xd2, reads.index], // ref.func
]);

/** Prefix 0xFC: saturating conversions, bulk memory, tables. */
const bulk = table([
  [0, 7, reads.nothing],
  [8, 8, reads.twoIndices], // memory.init
  [9, 9, reads.index], // data.drop
  [10, 10, reads.twoIndices], // memory.copy
  [11, 11, reads.index], // memory.fill
  [12, 12, reads.twoIndices], // table.init
  [13, 13, reads.index], // elem.drop
  [14, 14, reads.twoIndices], // table.copy
  [15, 17, reads.index], // table.grow, table.size, table.fill
]);

/** Prefix 0xFD: fixed-width SIMD. Relaxed SIMD (from 256) differs between machines and is excluded. */
const vector = table([
  [0, 11, reads.memoryAccess],
  [12, 13, reads.bytes16], // v128.const, shuffle
  [14, 20, reads.nothing],
  [21, 34, reads.byte], // lanes
  [35, 83, reads.nothing],
  [84, 91, reads.laneAccess],
  [92, 93, reads.memoryAccess],
  [94, 255, reads.nothing],
]);

const memoryGrow = 0x40;
const tableGrow = 15;

/**
 * Skips one instruction of a function body.
 *
 * @returns whether it requests more memory or a larger table (and leaves -1 on the stack on failure)
 * @throws WasmRefused for an instruction outside WebAssembly 2.0, including threads and garbage collection
 */
export function skipInstruction(body: BinaryReader): boolean {
  const at = body.offset;
  const opcode = body.byte();
  if (opcode === 0xfc || opcode === 0xfd) {
    const extended = body.u32();
    readImmediates(opcode === 0xfc ? bulk : vector, extended, body, at);
    return opcode === 0xfc && extended === tableGrow;
  }
  readImmediates(plain, opcode, body, at);
  return opcode === memoryGrow;
}

function readImmediates(known: ReadonlyMap<number, ReadImmediates>, opcode: number, body: BinaryReader, at: number) {
  const read = known.get(opcode);
  if (!read) throw forbiddenFeature(`The instruction 0x${opcode.toString(16)} at byte ${at} is not supported.`);
  read(body);
}
