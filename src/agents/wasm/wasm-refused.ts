/** Why a WASM job ended without a result. The codes are part of the API: a client meets them as the `failure.code` of a job. */
export const wasmFailureCodes = [
  'agents.wasm_too_large',
  'agents.wasm_malformed',
  'agents.wasm_forbidden_feature',
  'agents.wasm_forbidden_import',
  'agents.wasm_no_entry',
  'agents.wasm_memory_exceeded',
  'agents.wasm_time_exceeded',
  'agents.wasm_output_exceeded',
  'agents.wasm_trapped',
] as const;

export type WasmFailureCode = (typeof wasmFailureCodes)[number];

/** A module, or its run, broke a rule. The same module with the same input breaks it again, so nobody should retry. */
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
