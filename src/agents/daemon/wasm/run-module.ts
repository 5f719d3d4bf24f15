import type { WasmFailureCode } from '../../contract/failure-codes.js';
import { growthRefusedGlobal, hardenModule, type ModuleLimits } from '../../wasm/harden-module.js';
import { preview1 } from '../../wasm/preview1-functions.js';
import { malformed, WasmRefused } from '../../wasm/wasm-refused.js';
import { Exit, Preview1, type Preview1Input } from './preview1.js';

export interface WasmRun extends Preview1Input {
  module: Uint8Array;
  limits: ModuleLimits;
}

/** How a run ended; `milliseconds` is the time between the module's start and its end. */
export type WasmOutcome =
  | { status: 'completed'; exitCode: number; stdout: Uint8Array; stderr: Uint8Array; milliseconds: number }
  | { status: 'refused'; code: WasmFailureCode; message: string; milliseconds: number };

/** Checks, compiles and runs a module to its end, in this thread: only for a process that somebody else can kill. */
export function runModule(run: WasmRun): WasmOutcome {
  const started = performance.now();
  const milliseconds = () => performance.now() - started;
  try {
    const wasi = new Preview1(run);
    const exitCode = start(instantiate(hardenModule(run.module, run.limits), wasi), wasi);
    const { stdout, stderr } = wasi.streams;
    return { status: 'completed', exitCode, stdout, stderr, milliseconds: milliseconds() };
  } catch (error) {
    const { code, message } = asRefusal(error);
    return { status: 'refused', code, message, milliseconds: milliseconds() };
  }
}

function instantiate(module: Uint8Array<ArrayBuffer>, wasi: Preview1): WebAssembly.Instance {
  const instance = new WebAssembly.Instance(compile(module), { [preview1]: wasi.imports() });
  if (instance.exports['memory'] instanceof WebAssembly.Memory) wasi.memory.attach(instance.exports['memory']);
  return instance;
}

function compile(module: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(module);
  } catch (error) {
    throw malformed(`The module does not compile: ${messageOf(error)}`);
  }
}

function start(instance: WebAssembly.Instance, wasi: Preview1): number {
  try {
    (instance.exports['_start'] as () => void)();
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    if (wasRefusedGrowth(instance)) {
      throw new WasmRefused('agents.wasm_memory_exceeded', 'The job asked for more memory than it may have.');
    }
    const said = new TextDecoder().decode(wasi.streams.stderr.subarray(-500)).trim();
    if (error instanceof WasmRefused || said === '') throw error;
    throw new WasmRefused('agents.wasm_trapped', `${trapMessage(error)} Its last words: ${said}`);
  }
}

function wasRefusedGrowth(instance: WebAssembly.Instance): boolean {
  const refused = instance.exports[growthRefusedGlobal];
  return refused instanceof WebAssembly.Global && refused.value === 1;
}

function asRefusal(error: unknown): WasmRefused {
  if (error instanceof WasmRefused) return error;
  const outOfMemory = error instanceof RangeError && /memory/i.test(error.message);
  if (outOfMemory) return new WasmRefused('agents.wasm_memory_exceeded', 'There is no memory left for the job.');
  return new WasmRefused('agents.wasm_trapped', trapMessage(error));
}

/** A trap is a RuntimeError, a stack that ran out a RangeError; the engine's message says which. */
const trapMessage = (error: unknown) => `The job stopped: ${messageOf(error)}.`;
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
