import type { ChainEngine, EngineOptions } from './chain-engine.js';
import { EngineError, type EngineFault } from './engine-error.js';
import type { NodeSource } from './node-reader.js';

/** What the host may ask of the engine, in whichever thread it runs. */
export const EXECUTION_CALLS = [
  'openGenesis',
  'genesisHash',
  'seal',
  'importBlock',
  'acknowledge',
  'abandon',
  'follow',
  'check',
  'account',
  'accounts',
  'code',
  'storage',
  'proof',
  'call',
  'estimateGas',
] as const satisfies readonly (keyof ChainEngine)[];

export type ExecutionCall = (typeof EXECUTION_CALLS)[number];
export type ChainExecution = Pick<ChainEngine, ExecutionCall>;

/** What an engine is opened with, as plain data. */
export interface ExecutionOptions extends Omit<EngineOptions, 'readNode'> {
  readonly source: NodeSource;
}

export interface CallMessage {
  readonly id: number;
  readonly call: ExecutionCall;
  readonly args: readonly unknown[];
}

export type AnswerMessage = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: Failure });

/** An error on its way between threads. */
export interface Failure {
  readonly message: string;
  readonly fault?: EngineFault | undefined;
  readonly data?: string | undefined;
  readonly stack?: string | undefined;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof EngineError) return { message: error.message, fault: error.fault, data: error.data };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { message, stack };
}

export function fromFailure({ message, fault, data, stack }: Failure): Error {
  if (fault !== undefined) return new EngineError(fault, message, data);
  return Object.assign(new Error(message), stack === undefined ? {} : { stack });
}
