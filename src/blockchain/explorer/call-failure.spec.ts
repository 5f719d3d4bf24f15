import { EngineError } from '../engine/engine-error.js';
import { callFailure } from './call-failure.js';

describe('the failure of a call', () => {
  it.each([
    ['execution_reverted', 'blockchain.execution_reverted', 'unprocessable'],
    ['execution_failed', 'blockchain.execution_failed', 'unprocessable'],
    ['insufficient_funds', 'blockchain.insufficient_funds', 'unprocessable'],
    ['not_ready', 'blockchain.not_ready', 'unavailable'],
    ['out_of_time', 'blockchain.execution_timed_out', 'unavailable'],
    ['abandoned', 'deadline_exceeded', 'unavailable'],
  ] as const)('%s is told as %s, which is %s', (fault, code, kind) => {
    expect(callFailure(new EngineError(fault, 'a reason'))).toMatchObject({ code, kind });
  });

  it('what is no fault of the engine stays what it is', () => {
    const error = new TypeError('a bug');
    expect(callFailure(error)).toBe(error);
  });
});
