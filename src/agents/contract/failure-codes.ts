/** Why a WASM job ended without a result: it broke a rule, and would again. */
export const WASM_FAILURE_CODES = [
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

/** Why an attempt failed although the job may be sound: another attempt or another agent may succeed. */
export const ATTEMPT_FAILURE_CODES = ['agents.executor_failed', 'agents.unsupported_kind'] as const;

/** How an executed program ends: by itself, or at a limit common to all programs. Its provider delivered. */
export const PROGRAM_END_CODES: readonly string[] = [
  'agents.wasm_trapped',
  'agents.wasm_memory_exceeded',
  'agents.wasm_time_exceeded',
  'agents.wasm_output_exceeded',
];

/**
 * Why an attempt failed because of its provider. An agent that refuses a module refuses one that the platform has
 * accepted.
 */
export const PROVIDER_FAILURE_CODES: readonly string[] = [
  'agents.agent_lost',
  ...WASM_FAILURE_CODES.filter((code) => !PROGRAM_END_CODES.includes(code)),
  ...ATTEMPT_FAILURE_CODES,
];

export const FAILURE_CODES = [...WASM_FAILURE_CODES, ...ATTEMPT_FAILURE_CODES] as const;

export type WasmFailureCode = (typeof WASM_FAILURE_CODES)[number];
export type FailureCode = (typeof FAILURE_CODES)[number];
