import { DomainError } from '@aitbc/modulith';

export class BlockNotFound extends DomainError {
  static override readonly code = 'blockchain.block_not_found';
  static override readonly kind = 'not_found';
  constructor(block: string) {
    super('There is no such block.', { block });
  }
}

export class TransactionNotFound extends DomainError {
  static override readonly code = 'blockchain.transaction_not_found';
  static override readonly kind = 'not_found';
  constructor(hash: string, message = 'Neither the chain nor the pool knows this transaction.') {
    super(message, { hash });
  }

  static tooSlow(hash: string): TransactionNotFound {
    return new TransactionNotFound(
      hash,
      'The transaction was dropped: its execution takes longer than a transaction may. It paid nothing; its sender waits before another is tried.',
    );
  }
}

/** The transaction's form, signature, chain or gas is wrong; it can never be accepted as it is. */
export class InvalidTransaction extends DomainError {
  static override readonly code = 'blockchain.invalid_transaction';
  static override readonly kind = 'invalid';
  constructor(reason: string) {
    super(reason);
  }
}

export class NonceTooLow extends DomainError {
  static override readonly code = 'blockchain.nonce_too_low';
  static override readonly kind = 'conflict';
  constructor(message: string) {
    super(message);
  }
}

/** The sender cannot pay the transaction together with those that it has waiting. */
export class InsufficientFunds extends DomainError {
  static override readonly code = 'blockchain.insufficient_funds';
  static override readonly kind = 'unprocessable';
  constructor(message: string) {
    super(message);
  }
}

/** The fee is too low: below the floor, no 10 % above the one it would replace, or no more than the cheapest in a full pool. */
export class Underpriced extends DomainError {
  static override readonly code = 'blockchain.underpriced';
  static override readonly kind = 'unprocessable';
  constructor(message: string) {
    super(message);
  }
}

/** The pool, or the sender's share of it, has no room. */
export class MempoolFull extends DomainError {
  static override readonly code = 'blockchain.mempool_full';
  static override readonly kind = 'unavailable';
  constructor(message: string) {
    super(message);
  }
}

/** A call reverted; `data` is what it returned, hex. */
export class ExecutionReverted extends DomainError<{ data: string }> {
  static override readonly code = 'blockchain.execution_reverted';
  static override readonly kind = 'unprocessable';
  constructor(message: string, data: string) {
    super(message, { data });
  }
}

/** A call failed otherwise: out of gas, invalid opcode. */
export class ExecutionFailed extends DomainError {
  static override readonly code = 'blockchain.execution_failed';
  static override readonly kind = 'unprocessable';
  constructor(message: string) {
    super(message);
  }
}

/** A call took longer than it may. How long it takes depends on the load, so it may succeed when it is repeated. */
export class ExecutionTimedOut extends DomainError {
  static override readonly code = 'blockchain.execution_timed_out';
  static override readonly kind = 'unavailable';
  constructor() {
    super('The execution takes too long; try again.', { retryAfterSeconds: 1 });
  }
}

/** Too many reads of the chain wait already, of this caller or of all. */
export class ChainBusy extends DomainError {
  static override readonly code = 'blockchain.busy';
  static override readonly kind = 'unavailable';
  constructor() {
    super('Too many reads of the chain wait already; try again.', { retryAfterSeconds: 1 });
  }
}

export class ChainNotReady extends DomainError {
  static override readonly code = 'blockchain.not_ready';
  static override readonly kind = 'unavailable';
  constructor() {
    super('The chain is not open yet; try again.');
  }
}
