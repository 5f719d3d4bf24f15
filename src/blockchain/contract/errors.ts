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

/** The transaction's form, signature, chain or gas is wrong; it can never be accepted. */
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

/** The sender cannot pay for the transaction in addition to its pending ones. */
export class InsufficientFunds extends DomainError {
  static override readonly code = 'blockchain.insufficient_funds';
  static override readonly kind = 'unprocessable';
  constructor(message: string) {
    super(message);
  }
}

/**
 * The fee is too low: below the minimum, not 10 % above the transaction to replace, or not above the cheapest in a full
 * pool.
 */
export class Underpriced extends DomainError {
  static override readonly code = 'blockchain.underpriced';
  static override readonly kind = 'unprocessable';
  constructor(message: string) {
    super(message);
  }
}

/** The pool, or the sender's share of it, is full. */
export class MempoolFull extends DomainError {
  static override readonly code = 'blockchain.mempool_full';
  static override readonly kind = 'unavailable';
  constructor(message: string) {
    super(message);
  }
}

/** A call reverted; `data` is its return data, hex. */
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

/** A call exceeded its time limit. The duration depends on the load, so a retry may succeed. */
export class ExecutionTimedOut extends DomainError {
  static override readonly code = 'blockchain.execution_timed_out';
  static override readonly kind = 'unavailable';
  constructor() {
    super('The execution takes too long; try again.', { retryAfterSeconds: 1 });
  }
}

/** Too many reads of the chain are waiting, of this caller or in total. */
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
