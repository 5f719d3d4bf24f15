import type { ChainEngine, EngineOptions } from './chain-engine.js';
import type { ChainReader } from './chain-reader.js';
import { EngineError, type EngineFault } from './engine-error.js';
import type { Genesis } from './genesis.js';
import type { NodeSource } from './node-reader.js';
import { Interrupted } from './time-limit.js';

/** The calls of the sealing engine, in whichever thread it runs. */
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

/** The calls of the read threads. */
export type ReadCall = keyof ChainReader;

/** The options of an engine, as plain data. */
export interface ExecutionOptions extends Omit<EngineOptions, 'readNode'> {
  readonly source: NodeSource;
}

/** The options of a read thread, as plain data. */
export interface ReadOptions {
  readonly genesis: Genesis;
  readonly source: NodeSource;
  /** Whether it runs at lower priority than blocks and all else. */
  readonly inBackground: boolean;
  /** Two integers: whether the running call is abandoned, and how often it has checked its limit. */
  readonly flags: SharedArrayBuffer;
}

export interface CallMessage<Call extends string = ExecutionCall> {
  readonly id: number;
  readonly call: Call;
  readonly args: readonly unknown[];
  /** Time limit of a call in milliseconds; for reads. */
  readonly limitMs?: number;
}

export type AnswerMessage = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: Failure });

/** An error serialised between threads. */
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

/** The error that the caller of an interrupted call gets. */
export function readRefusal(error: unknown): unknown {
  if (!(error instanceof Interrupted)) return error;
  return error.reason === 'time'
    ? new EngineError('out_of_time', 'execution aborted: it takes too long')
    : new EngineError('abandoned', error.message);
}
