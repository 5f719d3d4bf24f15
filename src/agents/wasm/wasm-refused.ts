import type { WasmFailureCode } from '../contract/failure-codes.js';

/** A module, or its run, broke a rule. The same module with the same input breaks it again, so a retry is pointless. */
export class WasmRefused extends Error {
  constructor(
    readonly code: WasmFailureCode,
    message: string,
  ) {
    super(message);
    this.name = 'WasmRefused';
  }
}

export const malformed = (message: string) => new WasmRefused('agents.wasm_malformed', message);
export const forbiddenFeature = (message: string) => new WasmRefused('agents.wasm_forbidden_feature', message);
