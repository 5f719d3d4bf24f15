import {
  WasmForbiddenFeature,
  WasmForbiddenImport,
  WasmMalformed,
  WasmMemoryExceeded,
  WasmNoEntry,
  WasmTooLarge,
} from '../contract/errors.js';
import type { WasmTask } from '../contract/tasks.js';
import { hardenModule } from '../wasm/harden-module.js';
import { WasmRefused } from '../wasm/wasm-refused.js';

const refusals = new Map(
  [WasmTooLarge, WasmMalformed, WasmForbiddenFeature, WasmForbiddenImport, WasmNoEntry, WasmMemoryExceeded].map(
    (refusal) => [refusal.code as string, refusal],
  ),
);

/**
 * Refuses a module at once that every agent would refuse. The agents check again: they need not trust the platform.
 *
 * @throws WasmMalformed and its like
 */
export function mustBeAcceptable(task: WasmTask): void {
  try {
    hardenModule(new Uint8Array(Buffer.from(task.module, 'base64')));
  } catch (error) {
    const Refusal = error instanceof WasmRefused ? refusals.get(error.code) : undefined;
    throw Refusal ? new Refusal((error as Error).message) : error;
  }
}
