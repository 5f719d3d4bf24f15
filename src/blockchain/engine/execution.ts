import type { ChainEngine, EngineOptions } from './chain-engine.js';
import type { ChainReader } from './chain-reader.js';
import { EngineError, type EngineFault } from './engine-error.js';
import type { Genesis } from './genesis.js';
import type { NodeSource } from './node-reader.js';
import { Interrupted } from './time-limit.js';

/** What the host may ask of the engine that seals, in whichever thread it runs. */
export const EXECUTION_CALLS = [
  'openGenesis',
  'genesisHash',
  'seal',
  'importBlock',
  'acknowledge',
  'abandon',
  'follow',
  'check',
  'accounts',
] as const satisfies readonly (keyof ChainEngine)[];

export type ExecutionCall = (typeof EXECUTION_CALLS)[number];
export type ChainExecution = Pick<ChainEngine, ExecutionCall>;

/** What the threads for reads answer. */
export type ReadCall = keyof ChainReader;

/** What an engine is opened with, as plain data. */
export interface ExecutionOptions extends Omit<EngineOptions, 'readNode'> {
  readonly source: NodeSource;
}

/** What a thread for reads is opened with, as plain data. */
export interface ReadOptions {
  readonly genesis: Genesis;
  readonly source: NodeSource;
  /** Whether blocks and all else come first. */
  readonly inBackground: boolean;
  /** Two integers: whether the call that runs is abandoned, and how often it has looked at its limit. */
  readonly flags: SharedArrayBuffer;
}

export interface CallMessage<Call extends string = ExecutionCall> {
  readonly id: number;
  readonly call: Call;
  readonly args: readonly unknown[];
  /** Milliseconds that a call may take; for reads. */
  readonly limitMs?: number;
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

/** A call that was ended, as its caller is told. */
export function readRefusal(error: unknown): unknown {
  if (!(error instanceof Interrupted)) return error;
  return error.reason === 'time'
    ? new EngineError('out_of_time', 'execution aborted: it takes too long')
    : new EngineError('abandoned', error.message);
}
