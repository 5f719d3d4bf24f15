import { BinaryReader } from './binary.js';
import { isPreview1Function, preview1, preview1Signature } from './preview1-functions.js';
import { forbiddenFeature, malformed, WasmRefused } from './wasm-refused.js';

export const section = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

/** The order of sections in a module; the data count precedes the code although its number is higher. */
export const sectionOrder: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11];

export interface FunctionType {
  params: readonly number[];
  results: readonly number[];
}

/** The parts of a module that the rules use; the engine's own validation covers the rest. */
export interface ModuleOutline {
  /** Contents of the sections by number, without custom sections. */
  sections: ReadonlyMap<number, Uint8Array>;
  types: readonly FunctionType[];
  /** Type index of every function, imports first. */
  functions: readonly number[];
  /** How many of them are imports. */
  imported: number;
  globals: number;
  exports: readonly { name: string; kind: number; index: number }[];
}

const magicAndVersion = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Parses a binary and applies the rules about its imports.
 *
 * @throws WasmRefused if the binary is malformed, imports anything but WASI preview 1 functions, or has sections that
 * jobs may not have
 */
export function readModule(bytes: Uint8Array): ModuleOutline {
  const reader = new BinaryReader(bytes);
  const head = reader.take(8);
  if (!magicAndVersion.every((byte, index) => head[index] === byte)) {
    throw malformed('This is not a WebAssembly module, version 1.');
  }
  const sections = readSections(reader);
  if (sections.has(section.start)) throw forbiddenFeature('A start section is not supported: export _start instead.');
  const part = (number: number) => new BinaryReader(sections.get(number) ?? new Uint8Array([0]));
  const types = vector(part(section.type), readFunctionType);
  const imported = vector(part(section.import), (reader) => readImport(reader, types));
  const defined = vector(part(section.function), (reader) => reader.u32());
  return {
    sections,
    types,
    functions: [...imported, ...defined],
    imported: imported.length,
    globals: part(section.global).u32(),
    exports: vector(part(section.export), (reader) => ({
      name: reader.name(),
      kind: reader.byte(),
      index: reader.u32(),
    })),
  };
}

function readSections(reader: BinaryReader): Map<number, Uint8Array> {
  const sections = new Map<number, Uint8Array>();
  let place = -1;
  while (!reader.atEnd) {
    const number = reader.byte();
    const content = reader.take(reader.u32());
    if (number === section.custom) continue;
    const nextPlace = sectionOrder.indexOf(number);
    if (nextPlace < 0) throw forbiddenFeature(`Section ${number} is not supported.`);
    if (nextPlace <= place) throw malformed(`Section ${number} stands twice or in the wrong place.`);
    place = nextPlace;
    sections.set(number, content);
  }
  return sections;
}

export function vector<Item>(reader: BinaryReader, readItem: (reader: BinaryReader) => Item): Item[] {
  const items: Item[] = [];
  // Every item takes at least a byte, so a false count causes an overrun and not a large array.
  for (let count = reader.u32(); count > 0; count--) items.push(readItem(reader));
  if (!reader.atEnd) throw malformed(`A section has bytes left over at byte ${reader.offset}.`);
  return items;
}

function readFunctionType(reader: BinaryReader): FunctionType {
  if (reader.byte() !== 0x60) throw forbiddenFeature('Types other than function types are not supported.');
  return { params: [...reader.take(reader.u32())], results: [...reader.take(reader.u32())] };
}

function readImport(reader: BinaryReader, types: readonly FunctionType[]): number {
  const from = reader.name();
  const name = reader.name();
  const kind = reader.byte();
  if (kind !== 0x00 || from !== preview1 || !isPreview1Function(name)) throw forbiddenImport(from, name);
  const typeIndex = reader.u32();
  const type = types[typeIndex];
  if (!type) throw malformed(`The import ${from}.${name} has a type that does not exist.`);
  const expected = preview1Signature(name);
  if (String(type.params) !== String(expected.params) || String(type.results) !== String(expected.results)) {
    throw forbiddenImport(from, name, ' with this signature');
  }
  return typeIndex;
}

function forbiddenImport(from: string, name: string, how = ''): WasmRefused {
  const what = JSON.stringify(`${from.slice(0, 64)}.${name.slice(0, 64)}`);
  return new WasmRefused(
    'agents.wasm_forbidden_import',
    `The module imports ${what}${how}; a job may import functions of WASI preview 1 only.`,
  );
}
