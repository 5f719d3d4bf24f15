import { DomainError } from '@aitbc/modulith';

/** The agent does not exist, or the caller may not see it. */
export class AgentNotFound extends DomainError {
  static override readonly code = 'agents.agent_not_found';
  static override readonly kind = 'not_found';
  constructor(agentId: string) {
    super('There is no such agent.', { agentId });
  }
}

/** The job does not exist, or the caller may not see it. */
export class JobNotFound extends DomainError {
  static override readonly code = 'agents.job_not_found';
  static override readonly kind = 'not_found';
  constructor(jobId: string) {
    super('There is no such job.', { jobId });
  }
}

/** An agent works for offers of its owner only. */
export class OfferNotOwned extends DomainError {
  static override readonly code = 'agents.offer_not_owned';
  static override readonly kind = 'forbidden';
  constructor(offerId: string) {
    super('The offer belongs to somebody else.', { offerId, field: 'offerIds' });
  }
}

/** The daemon sets its key once; from then on only the owner may replace it. */
export class KeyAlreadySet extends DomainError {
  static override readonly code = 'agents.key_already_set';
  static override readonly kind = 'conflict';
  constructor(agentId: string) {
    super('The agent has another key already; its owner can replace it.', { agentId });
  }
}

/** Not a point of the curve, or one of low order, for which signatures can be forged without a key. */
export class WeakKey extends DomainError {
  static override readonly code = 'agents.weak_key';
  static override readonly kind = 'unprocessable';
  constructor() {
    super('publicKey is not a sound Ed25519 public key.', { field: 'publicKey' });
  }
}

/** Without a key, receipts could not be verified. */
export class KeyMissing extends DomainError {
  static override readonly code = 'agents.key_missing';
  static override readonly kind = 'conflict';
  constructor(agentId: string) {
    super('The agent must set its key before it takes jobs.', { agentId });
  }
}

/** Its money is not locked yet, or its time is over. */
export class BookingNotOpen extends DomainError {
  static override readonly code = 'agents.booking_not_open';
  static override readonly kind = 'conflict';
  constructor(bookingId: string, status: string) {
    super(`A booking that is ${status} takes no jobs.`, { bookingId, status });
  }
}

export class OnlyClientMaySubmit extends DomainError {
  static override readonly code = 'agents.only_client_may_submit';
  static override readonly kind = 'forbidden';
  constructor(bookingId: string) {
    super('Only the client of a booking may submit jobs for it.', { bookingId });
  }
}

/** Another agent has the job, its lease was lost, or it has ended. */
export class AttemptNotHeld extends DomainError {
  static override readonly code = 'agents.attempt_not_held';
  static override readonly kind = 'conflict';
  constructor(jobId: string, attempt: number, status: string) {
    super(`The job is ${status} and this agent does not hold this attempt at it any more.`, { jobId, attempt, status });
  }
}

/** Only a job that an agent holds can be requeued. */
export class JobNotHeld extends DomainError {
  static override readonly code = 'agents.job_not_held';
  static override readonly kind = 'conflict';
  constructor(jobId: string, status: string) {
    super(`A job that is ${status} is held by no agent.`, { jobId, status });
  }
}

/** A job's outcome decides what its booking costs. */
export class PartyCannotChangeJob extends DomainError {
  static override readonly code = 'agents.party_cannot_change_job';
  static override readonly kind = 'forbidden';
  constructor(jobId: string) {
    super('An operator who is client or provider of the booking cannot act on its jobs as an operator.', { jobId });
  }
}

export class JobAlreadyFinished extends DomainError {
  static override readonly code = 'agents.job_already_finished';
  static override readonly kind = 'conflict';
  constructor(jobId: string, status: string) {
    super(`A job that is ${status} cannot be cancelled.`, { jobId, status });
  }
}

export class JobNotFinished extends DomainError {
  static override readonly code = 'agents.job_not_finished';
  static override readonly kind = 'conflict';
  constructor(jobId: string, status: string) {
    super(`The job is ${status}; it has no result yet.`, { jobId, status });
  }
}

export class NoResult extends DomainError {
  static override readonly code = 'agents.no_result';
  static override readonly kind = 'gone';
  constructor(jobId: string, status: string, failure: { code: string; message: string } | null) {
    super(`The job ended ${status}, without a result.`, { jobId, status, failure });
  }
}

/** The platform's signature follows the result within moments. */
export class ReceiptNotReady extends DomainError {
  static override readonly code = 'agents.receipt_not_ready';
  static override readonly kind = 'unavailable';
  constructor(jobId: string) {
    super('The platform has not countersigned the receipt yet.', { jobId });
  }
}

/** The receipt contradicts the facts, or the agent did not sign it. */
export class ReceiptRefused extends DomainError {
  static override readonly code = 'agents.receipt_refused';
  static override readonly kind = 'unprocessable';
  constructor(problem: string) {
    super(problem, { field: 'receipt' });
  }
}

abstract class ModuleRefused extends DomainError {
  static override readonly kind: 'unprocessable' | 'too_large' = 'unprocessable';
  constructor(message: string) {
    super(message, { field: 'task.module' });
  }
}

export class WasmTooLarge extends ModuleRefused {
  static override readonly code = 'agents.wasm_too_large';
  static override readonly kind = 'too_large';
}

export class WasmMalformed extends ModuleRefused {
  static override readonly code = 'agents.wasm_malformed';
}

export class WasmForbiddenFeature extends ModuleRefused {
  static override readonly code = 'agents.wasm_forbidden_feature';
}

export class WasmForbiddenImport extends ModuleRefused {
  static override readonly code = 'agents.wasm_forbidden_import';
}

export class WasmNoEntry extends ModuleRefused {
  static override readonly code = 'agents.wasm_no_entry';
}

export class WasmMemoryExceeded extends ModuleRefused {
  static override readonly code = 'agents.wasm_memory_exceeded';
}
