/** Why the engine refused; passed between threads as plain data. */
export type EngineFault =
  | 'invalid_transaction'
  | 'invalid_block'
  | 'execution_reverted'
  | 'execution_failed'
  | 'insufficient_funds'
  | 'out_of_time'
  | 'abandoned'
  | 'not_ready';

/** @property data return data of a reverted call, hex. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(
    readonly fault: EngineFault,
    message: string,
    readonly data?: string,
  ) {
    super(message);
  }
}
