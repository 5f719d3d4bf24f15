import { concatBytes, encodeU32 } from '../wasm/binary.js';
import { preview1, preview1Signature, type Preview1Function } from '../wasm/preview1-functions.js';

export const i32 = 0x7f;
export const i64 = 0x7e;

export interface FunctionSpec {
  params?: number[];
  results?: number[];
  locals?: number[];
  /** Instructions without the final `end`. */
  body: number[];
  exportAs?: string;
}

export interface LimitsSpec {
  minimum: number;
  maximum?: number;
  /** Overrides the flags derived from `maximum`: 3 is shared, 4 is 64-bit. */
  flags?: number;
}

export interface ImportSpec {
  module: string;
  name: string;
  params: number[];
  results: number[];
}

export interface ModuleSpec {
  imports?: (Preview1Function | ImportSpec)[];
  tables?: LimitsSpec[];
  memories?: LimitsSpec[];
  /** Initial values of mutable i32 globals. */
  globals?: number[];
  functions: FunctionSpec[];
  /** Index of the function that the start section names. */
  start?: number;
  /** Function indices placed in table 0, from 0. */
  elements?: number[];
  data?: { offset: number; bytes: Uint8Array | number[] }[];
  custom?: { name: string; bytes: number[] }[];
}

const text = (value: string) => [...encodeU32(Buffer.byteLength(value)), ...Buffer.from(value)];
const list = (items: number[][]) => [...encodeU32(items.length), ...items.flat()];
const bytesOf = (bytes: Uint8Array | number[]) => [...encodeU32(bytes.length), ...bytes];

/** Assembles a module byte by byte. It checks nothing: tests also need invalid modules. */
export function assemble(spec: ModuleSpec): Uint8Array {
  const imports = (spec.imports ?? []).map(asImport);
  const signatures = [...imports, ...spec.functions].map(({ params = [], results = [] }) => [
    0x60,
    ...bytesOf(params),
    ...bytesOf(results),
  ]);
  const exported = spec.functions.flatMap(({ exportAs }, index) =>
    exportAs === undefined ? [] : [[...text(exportAs), 0x00, ...encodeU32(imports.length + index)]],
  );
  if (spec.memories?.length) exported.push([...text('memory'), 0x02, 0x00]);
  const sections: [number, number[] | undefined][] = [
    [1, list(signatures)],
    [2, list(imports.map(({ module, name }, index) => [...text(module), ...text(name), 0x00, ...encodeU32(index)]))],
    [3, list(spec.functions.map((_, index) => encodeU32(imports.length + index)))],
    [4, spec.tables && list(spec.tables.map((table) => [0x70, ...limits(table)]))],
    [5, spec.memories && list(spec.memories.map(limits))],
    [6, spec.globals && list(spec.globals.map((value) => [i32, 0x01, ...i32Const(value), 0x0b]))],
    [7, list(exported)],
    [8, spec.start === undefined ? undefined : encodeU32(spec.start)],
    [9, spec.elements && list([[0x00, ...i32Const(0), 0x0b, ...list(spec.elements.map(encodeU32))]])],
    [10, list(spec.functions.map(functionBody))],
    [11, spec.data && list(spec.data.map(({ offset, bytes }) => [0, ...i32Const(offset), 0x0b, ...bytesOf(bytes)]))],
  ];
  const custom = (spec.custom ?? []).map(({ name, bytes }) => [0, ...bytesOf([...text(name), ...bytes])]);
  return concatBytes([
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...sections.flatMap(([number, content]) => (content ? [[number], bytesOf(content)] : [])),
    ...custom,
  ]);
}

function asImport(spec: Preview1Function | ImportSpec): ImportSpec {
  return typeof spec === 'string' ? { module: preview1, name: spec, ...preview1Signature(spec) } : spec;
}

function limits({ minimum, maximum, flags }: LimitsSpec): number[] {
  const written = flags ?? (maximum === undefined ? 0 : 1);
  return [written, ...encodeU32(minimum), ...(maximum === undefined ? [] : encodeU32(maximum))];
}

function functionBody({ locals = [], body }: FunctionSpec): number[] {
  return bytesOf([...list(locals.map((type) => [1, type])), ...body, 0x0b]);
}

function signed(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = Number(BigInt.asUintN(7, rest));
    rest >>= 7n;
    const done = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

export const i32Const = (value: number) => [0x41, ...signed(BigInt(value | 0))];
export const i64Const = (value: bigint) => [0x42, ...signed(value)];
export const call = (index: number) => [0x10, ...encodeU32(index)];
export const localGet = (index: number) => [0x20, ...encodeU32(index)];
export const localSet = (index: number) => [0x21, ...encodeU32(index)];
export const i32Load = (offset = 0) => [0x28, 2, ...encodeU32(offset)];
export const i32Store = (offset = 0) => [0x36, 2, ...encodeU32(offset)];
export const drop = 0x1a;
export const unreachable = 0x00;
export const memoryGrow = [0x40, 0x00];
export const nullFunction = [0xd0, 0x70];
export const tableGrow = (table = 0) => [0xfc, 15, ...encodeU32(table)];
/** Repeats the body forever. */
export const forever = (body: number[]) => [0x03, 0x40, ...body, 0x0c, 0x00, 0x0b];
/** Repeats the body while it leaves a value other than 0. */
export const repeatWhile = (body: number[]) => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b];
