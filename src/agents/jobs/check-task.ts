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

/**
 * Rejects early a module that every agent would refuse. Agents check again, because they need not trust the platform.
 *
 * @throws WasmMalformed and similar
 */
export function mustBeAcceptable(task: WasmTask): void {
  try {
    hardenModule(new Uint8Array(Buffer.from(task.module, 'base64')));
  } catch (error) {
    throw error instanceof WasmRefused ? refusalOf(error) : error;
  }
}

function refusalOf({ code, message }: WasmRefused): Error {
  switch (code) {
    case 'agents.wasm_too_large':
      return new WasmTooLarge(message);
    case 'agents.wasm_forbidden_feature':
      return new WasmForbiddenFeature(message);
    case 'agents.wasm_forbidden_import':
      return new WasmForbiddenImport(message);
    case 'agents.wasm_no_entry':
      return new WasmNoEntry(message);
    case 'agents.wasm_memory_exceeded':
      return new WasmMemoryExceeded(message);
    default:
      return new WasmMalformed(message);
  }
}
