import { DeadlineExceeded } from '@aitbc/modulith';
import { EngineError } from '../engine/engine-error.js';
import {
  ChainNotReady,
  ExecutionFailed,
  ExecutionReverted,
  ExecutionTimedOut,
  InsufficientFunds,
} from '../contract/errors.js';

/** Converts the engine's refusal of a call to a contract error; returns other errors unchanged. */
export function callFailure(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  switch (error.fault) {
    case 'execution_reverted':
      return new ExecutionReverted(error.message, error.data ?? '0x');
    case 'insufficient_funds':
      return new InsufficientFunds(error.message);
    case 'not_ready':
      return new ChainNotReady();
    case 'out_of_time':
      return new ExecutionTimedOut();
    case 'abandoned':
      return new DeadlineExceeded('a call');
    default:
      return new ExecutionFailed(error.message);
  }
}
