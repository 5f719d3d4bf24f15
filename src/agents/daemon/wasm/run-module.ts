import type { WasmFailureCode } from '../../contract/failure-codes.js';
import { growthRefusedGlobal, hardenModule, type ModuleLimits } from '../../wasm/harden-module.js';
import { preview1 } from '../../wasm/preview1-functions.js';
import { malformed, WasmRefused } from '../../wasm/wasm-refused.js';
import { Exit, Preview1, type Preview1Input } from './preview1.js';

export interface WasmRun extends Preview1Input {
  module: Uint8Array;
  limits: ModuleLimits;
}

/** The exit code of a program that traps, like that of an aborting process: 128 + SIGABRT. */
const TRAPPED = 134;

interface End {
  exitCode: number;
  /** Why it trapped. */
  trap?: string;
}

/** The outcome of a run; `milliseconds` is the time between the module's start and its end. */
export type WasmOutcome =
  | (End & { status: 'completed'; stdout: Uint8Array; stderr: Uint8Array; milliseconds: number })
  | { status: 'refused'; code: WasmFailureCode; message: string; milliseconds: number };

/** Checks, compiles and runs a module to its end, in this thread: only for a process that another can kill. */
export function runModule(run: WasmRun): WasmOutcome {
  const started = performance.now();
  const milliseconds = () => performance.now() - started;
  try {
    const wasi = new Preview1(run);
    const end = runToEnd(compile(hardenModule(run.module, run.limits)), wasi);
    const { stdout, stderr } = wasi.streams;
    return { status: 'completed', ...end, stdout, stderr, milliseconds: milliseconds() };
  } catch (error) {
    const { code, message } = asRefusal(error);
    return { status: 'refused', code, message, milliseconds: milliseconds() };
  }
}

function compile(module: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(module);
  } catch (error) {
    throw isOutOfMemory(error) ? error : malformed(`The module does not compile: ${messageOf(error)}`);
  }
}

/** A trap is a regular end of the program, like any exit, even before its first instruction. */
function runToEnd(module: WebAssembly.Module, wasi: Preview1): End {
  let instance: WebAssembly.Instance | undefined;
  try {
    instance = new WebAssembly.Instance(module, { [preview1]: wasi.imports() });
    if (instance.exports['memory'] instanceof WebAssembly.Memory) wasi.memory.attach(instance.exports['memory']);
    (instance.exports['_start'] as () => void)();
    return { exitCode: 0 };
  } catch (error) {
    if (error instanceof Exit) return { exitCode: error.exitCode };
    if (instance && wasRefusedGrowth(instance)) {
      throw new WasmRefused('agents.wasm_memory_exceeded', 'The job asked for more memory than it may have.');
    }
    if (error instanceof WasmRefused || isOutOfMemory(error)) throw error;
    return { exitCode: TRAPPED, trap: messageOf(error).slice(0, 200) };
  }
}

function wasRefusedGrowth(instance: WebAssembly.Instance): boolean {
  const refused = instance.exports[growthRefusedGlobal];
  return refused instanceof WebAssembly.Global && refused.value === 1;
}

function asRefusal(error: unknown): WasmRefused {
  if (error instanceof WasmRefused) return error;
  if (isOutOfMemory(error))
    return new WasmRefused('agents.wasm_memory_exceeded', 'There is no memory left for the job.');
  return new WasmRefused('agents.wasm_malformed', `The module cannot be started: ${messageOf(error)}`);
}

const isOutOfMemory = (error: unknown) => error instanceof RangeError && /memory/i.test(error.message);
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
