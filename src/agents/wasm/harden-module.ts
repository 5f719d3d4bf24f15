import { BinaryReader, concatBytes, encodeU32 } from './binary.js';
import { FunctionBounds, type FunctionLimits } from './function-bounds.js';
import { skipInstruction } from './instructions.js';
import { readModule, section, sectionOrder, vector, type ModuleOutline } from './read-module.js';
import { forbiddenFeature, malformed, WasmRefused } from './wasm-refused.js';

export interface ModuleLimits extends FunctionLimits {
  /** Size of the binary, in bytes. */
  moduleBytes: number;
  /** Linear memory, in pages of 64 KiB. */
  memoryPages: number;
  /** Elements of each table. */
  tableElements: number;
  tables: number;
}

export const defaultModuleLimits: ModuleLimits = {
  moduleBytes: 1024 * 1024,
  memoryPages: 4096,
  tableElements: 65_536,
  tables: 16,
  functionBytes: 256 * 1024,
  locals: 10_000,
  nesting: 1_000,
  localsAtJoins: 5_000_000,
};

/** A global that the rewritten module exports: 1 once the job requested more memory or table than allowed. */
export const growthRefusedGlobal = 'aitbc:growth_refused';

const i32 = 0x7f;
const functionKind = 0x00;
const globalKind = 0x03;

/**
 * Checks an untrusted module and rewrites it to enforce its limits: the maxima of its memory and tables are set to the
 * limits, and a `grow` beyond them ends the run instead of returning -1, so that a job that exhausts memory fails as
 * such and not by a later symptom.
 *
 * The module is validated before it is rewritten: what the rewriting adds must not be reachable by an index that did
 * not exist in the original.
 *
 * @throws WasmRefused with the code of the broken rule
 */
export function hardenModule(bytes: Uint8Array, limits: ModuleLimits = defaultModuleLimits): Uint8Array<ArrayBuffer> {
  if (bytes.length > limits.moduleBytes) {
    throw new WasmRefused('agents.wasm_too_large', `The module is larger than ${limits.moduleBytes} bytes.`);
  }
  const outline = readModule(bytes);
  const sections = new Map(outline.sections);
  replace(sections, section.memory, (content) => clampMemories(content, limits));
  replace(sections, section.table, (content) => clampTables(content, limits));
  const code = insertGrowthChecks(sections.get(section.code), outline, limits);
  requireEntry(outline);
  if (!WebAssembly.validate(new Uint8Array(bytes))) throw malformed('The module is not valid WebAssembly.');
  if (code.checks > 0) addGrowthCheck(sections, outline, code.content);
  return encodeModule(sections);
}

function replace(sections: Map<number, Uint8Array>, number: number, rewrite: (content: Uint8Array) => Uint8Array) {
  const content = sections.get(number);
  if (content) sections.set(number, rewrite(content));
}

function clampMemories(content: Uint8Array, limits: ModuleLimits): Uint8Array {
  const memories = vector(new BinaryReader(content), (reader) => clampLimits(reader, 'memory', limits.memoryPages));
  if (memories.length > 1) throw forbiddenFeature('Several memories are not supported.');
  return concatBytes([encodeU32(memories.length), ...memories]);
}

function clampTables(content: Uint8Array, limits: ModuleLimits): Uint8Array {
  const tables = vector(new BinaryReader(content), (reader) => {
    const elementType = reader.byte();
    if (elementType !== 0x70 && elementType !== 0x6f) throw forbiddenFeature('This kind of table is not supported.');
    return [elementType, ...clampLimits(reader, 'table', limits.tableElements)];
  });
  if (tables.length > limits.tables) throw forbiddenFeature(`More than ${limits.tables} tables are not supported.`);
  return concatBytes([encodeU32(tables.length), ...tables]);
}

function clampLimits(reader: BinaryReader, what: string, most: number): number[] {
  const flags = reader.byte();
  if (flags > 1) throw forbiddenFeature(`A shared, 64-bit or otherwise special ${what} is not supported.`);
  const minimum = reader.u32();
  const maximum = flags === 1 ? reader.u32() : most;
  if (minimum > most) {
    throw new WasmRefused('agents.wasm_memory_exceeded', `The module asks for a ${what} larger than a job may have.`);
  }
  return [0x01, ...encodeU32(minimum), ...encodeU32(Math.min(maximum, most))];
}

function insertGrowthChecks(content: Uint8Array | undefined, outline: ModuleOutline, limits: FunctionLimits) {
  if (!content) return { content: undefined, checks: 0 };
  const checkIndex = outline.functions.length;
  let next = outline.imported;
  let checks = 0;
  const bodies = vector(new BinaryReader(content), (reader) => {
    const size = reader.u32();
    const body = reader.part(size);
    const type = outline.types[outline.functions[next++] ?? -1];
    const bounds = new FunctionBounds(limits, size, type?.params.length ?? 0);
    const parts: Uint8Array[] = [];
    let copiedTo = body.offset;
    bounds.readLocals(body);
    while (!body.atEnd) {
      const at = body.offset;
      const opcode = body.peek();
      const grows = skipInstruction(body);
      bounds.instruction(opcode, body.offset - at);
      if (!grows) continue;
      parts.push(body.slice(copiedTo, body.offset), new Uint8Array([0x10, ...encodeU32(checkIndex)]));
      copiedTo = body.offset;
      checks++;
    }
    parts.push(body.slice(copiedTo, body.offset));
    return sized(concatBytes(parts));
  });
  return { content: bodies, checks };
}

function requireEntry({ exports, functions, types }: ModuleOutline): void {
  const entry = exports.find(({ name, kind }) => name === '_start' && kind === functionKind);
  const type = entry && types[functions[entry.index] ?? -1];
  if (!type || type.params.length > 0 || type.results.length > 0) {
    throw new WasmRefused(
      'agents.wasm_no_entry',
      'The module does not export a function _start without parameters and results.',
    );
  }
}

/** Appends the function called after every `grow`, at the end of each index space so that no index changes. */
function addGrowthCheck(sections: Map<number, Uint8Array>, outline: ModuleOutline, bodies: Uint8Array[] = []): void {
  const refused = encodeU32(outline.globals);
  const append = (number: number, item: readonly number[]) =>
    sections.set(number, appendToVector(sections.get(number), item));
  append(section.type, [0x60, 1, i32, 1, i32]);
  append(section.function, encodeU32(outline.types.length));
  append(section.global, [i32, 0x01, 0x41, 0x00, 0x0b]); // (mut i32) (i32.const 0)
  const name = new TextEncoder().encode(growthRefusedGlobal);
  append(section.export, [...encodeU32(name.length), ...name, globalKind, ...refused]);
  // No locals; local.get 0; i32.const -1; i32.eq; if; i32.const 1; global.set; unreachable; end; local.get 0; end.
  const remember = [0x41, 0x01, 0x24, ...refused];
  const body = [0x00, 0x20, 0x00, 0x41, 0x7f, 0x46, 0x04, 0x40, ...remember, 0x00, 0x0b, 0x20, 0x00, 0x0b];
  sections.set(section.code, concatBytes([encodeU32(bodies.length + 1), ...bodies, sized(new Uint8Array(body))]));
}

function appendToVector(content: Uint8Array = new Uint8Array([0]), item: readonly number[]): Uint8Array {
  const reader = new BinaryReader(content);
  const count = reader.u32();
  return concatBytes([encodeU32(count + 1), reader.rest(), item]);
}

function encodeModule(sections: ReadonlyMap<number, Uint8Array>): Uint8Array<ArrayBuffer> {
  const parts = sectionOrder.flatMap((number) => {
    const content = sections.get(number);
    return content ? [[number], sized(content)] : [];
  });
  return new Uint8Array(concatBytes([[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], ...parts]));
}

const sized = (content: Uint8Array) => concatBytes([encodeU32(content.length), content]);
