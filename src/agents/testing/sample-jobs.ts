import type { Preview1Function } from '../wasm/preview1-functions.js';
import {
  assemble,
  call,
  drop,
  forever,
  i32,
  i32Const,
  i32Load,
  i32Store,
  i64Const,
  localGet,
  localSet,
  memoryGrow,
  nullFunction,
  repeatWhile,
  tableGrow,
  unreachable,
  type ModuleSpec,
} from './wasm-assembler.js';

/** A module with one page of memory whose `_start` is the body; imported functions have the indices 0, 1, … */
export function jobModule(imports: Preview1Function[], body: number[], more: Partial<ModuleSpec> = {}): Uint8Array {
  return assemble({
    imports,
    memories: [{ minimum: 1 }],
    functions: [{ body, locals: [i32, i32], exportAs: '_start' }],
    ...more,
  });
}

const buffer = 1024;
const store = (address: number, value: number) => [...i32Const(address), ...i32Const(value), ...i32Store()];

/** Calls `fd_read`/`fd_write` of the given index with one buffer; the byte count goes to address 8. */
const transfer = (index: number, descriptor: number) => [
  ...i32Const(descriptor),
  ...i32Const(0),
  ...i32Const(1),
  ...i32Const(8),
  ...call(index),
  drop,
];

/** Writes `length` bytes from `address` to a stream, by the imported `fd_write` of the given index. */
const print = (index: number, address: number, length: number, descriptor = 1) => [
  ...store(0, address),
  ...store(4, length),
  ...transfer(index, descriptor),
];

const asBytes = (text: string) => new TextEncoder().encode(text);

export const echoStdin = () =>
  jobModule(
    ['fd_read', 'fd_write'],
    repeatWhile([
      ...store(0, buffer),
      ...store(4, 4096),
      ...transfer(0, 0),
      // The next write is as long as this read; an empty read ends the loop.
      ...i32Const(4),
      ...i32Const(8),
      ...i32Load(),
      ...i32Store(),
      ...transfer(1, 1),
      ...i32Const(8),
      ...i32Load(),
    ]),
  );

/** Prints the strings that `args_get` or `environ_get` writes, zero bytes included. */
export const printStrings = (of: 'args' | 'environ') =>
  jobModule(
    [`${of}_sizes_get`, `${of}_get`, 'fd_write'],
    [
      ...i32Const(16),
      ...i32Const(20),
      ...call(0),
      drop,
      ...i32Const(32),
      ...i32Const(buffer),
      ...call(1),
      drop,
      ...store(0, buffer),
      ...i32Const(4),
      ...i32Const(20),
      ...i32Load(),
      ...i32Store(),
      ...transfer(2, 1),
    ],
  );

export const printText = (text: string, descriptor = 1) =>
  jobModule(['fd_write'], print(0, buffer, asBytes(text).length, descriptor), {
    data: [{ offset: buffer, bytes: asBytes(text) }],
  });

export const printBytes = (bytes: number[]) =>
  jobModule(['fd_write'], print(0, buffer, bytes.length), { data: [{ offset: buffer, bytes }] });

/** Prints two clock readings (8 bytes each) and 32 random bytes. */
export const printClockAndRandom = () =>
  jobModule(
    ['clock_time_get', 'random_get', 'fd_write'],
    [
      ...i32Const(0),
      ...i64Const(1n),
      ...i32Const(buffer),
      ...call(0),
      drop,
      ...i32Const(0),
      ...i64Const(1n),
      ...i32Const(buffer + 8),
      ...call(0),
      drop,
      ...i32Const(buffer + 16),
      ...i32Const(32),
      ...call(1),
      drop,
      ...print(2, buffer, 48),
    ],
  );

/** Sleeps for the given time and prints the clock before and after, 8 bytes each. */
export const sleepAndPrintClock = (nanoseconds: bigint) =>
  jobModule(
    ['clock_time_get', 'poll_oneoff', 'fd_write'],
    [
      ...i32Const(1),
      ...i64Const(1n),
      ...i32Const(buffer),
      ...call(0),
      drop,
      ...i32Const(2048 + 16),
      ...i32Const(1),
      ...i32Store(), // the monotonic clock
      ...i32Const(2048 + 24),
      ...i64Const(nanoseconds),
      0x37,
      3,
      0, // i64.store
      ...i32Const(2048),
      ...i32Const(3072),
      ...i32Const(1),
      ...i32Const(4000),
      ...call(1),
      drop,
      ...i32Const(1),
      ...i64Const(1n),
      ...i32Const(buffer + 8),
      ...call(0),
      drop,
      ...print(2, buffer, 16),
    ],
  );

export const exitWith = (code: number) => jobModule(['proc_exit'], [...i32Const(code), ...call(0)]);
export const doNothing = () => jobModule([], []);
export const loopForever = () => jobModule([], forever([]));
export const trap = () => jobModule([], [unreachable]);
/** Small to send, gigabytes to compile. */
export const compileBomb = () => {
  const ifs = Array.from({ length: 2_000 }, (_, at) => [
    ...i32Const(1),
    0x04,
    0x40,
    ...i32Const(at),
    ...localSet(at * 20),
    0x0b,
  ]);
  return assemble({ functions: [{ body: ifs.flat(), locals: Array<number>(49_000).fill(i32), exportAs: '_start' }] });
};

/** Its data segment lies outside its memory. */
export const trapAtOnce = () => jobModule([], [], { data: [{ offset: 1_000_000, bytes: [1] }] });
export const recurseForever = () => jobModule([], [...call(0)]);

/** Prints a word to standard error and traps. */
export const panic = (word: string) =>
  jobModule(['fd_write'], [...print(0, buffer, asBytes(word).length, 2), unreachable], {
    data: [{ offset: buffer, bytes: asBytes(word) }],
  });

/** Allocates memory pages and writes to each, forever. */
export const eatMemory = () =>
  jobModule([], forever([...i32Const(16), ...memoryGrow, 0x41, 16, 0x74, ...i32Const(7), ...i32Store()]), {
    memories: [{ minimum: 1, maximum: 65_536 }],
  });

export const eatTable = () =>
  jobModule([], forever([...nullFunction, ...i32Const(1_000_000), ...tableGrow(), drop]), {
    tables: [{ minimum: 1 }],
  });

export const floodOutput = () => jobModule(['fd_write'], forever(print(0, 0, 60_000)));

/** Prints the result of a WASI function called with the given parameters. */
export const printErrno = (name: Preview1Function, parameters: number[][]) =>
  jobModule(
    [name, 'fd_write'],
    [
      ...i32Const(buffer),
      ...parameters.flat(),
      ...call(0),
      ...i32Store(),
      ...print(1, buffer, 4),
      ...localGet(0),
      drop,
    ],
  );
