/** The meaning of an error for the caller, independent of the transport. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'gone'
  | 'precondition_failed'
  | 'unprocessable'
  | 'too_large'
  | 'too_many'
  | 'unavailable'
  | 'internal';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/** A rejection with a stable code that arrives as the same class in every placement. */
export abstract class DomainError<D extends ErrorDetails = ErrorDetails> extends Error {
  static readonly code: string = '';
  static readonly kind: ErrorKind = 'conflict';
  readonly details: D;

  constructor(message: string, details: D = {} as D) {
    super(message);
    this.name = new.target.name;
    this.details = details;
  }

  get code(): string {
    return (this.constructor as typeof DomainError).code;
  }

  get kind(): ErrorKind {
    return (this.constructor as typeof DomainError).kind;
  }
}

export type DomainErrorClass = (abstract new (...args: never[]) => DomainError) & { code: string; kind: ErrorKind };

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export class ValidationFailed extends DomainError<{ errors: readonly FieldProblem[] }> {
  static override readonly code = 'validation_failed';
  static override readonly kind = 'invalid';
  constructor(errors: readonly FieldProblem[]) {
    super(errors.map((error) => error.message).join('; '), { errors });
  }
}

export class Unauthenticated extends DomainError {
  static override readonly code = 'unauthenticated';
  static override readonly kind = 'unauthenticated';
  constructor(message = 'This needs a signed-in caller.') {
    super(message);
  }
}

export class Forbidden extends DomainError {
  static override readonly code = 'forbidden';
  static override readonly kind = 'forbidden';
  constructor(message = 'The caller may not do this.') {
    super(message);
  }
}

/** Not executed: no process hosts the owning module. */
export class ModuleUnavailable extends DomainError<{ module: string }> {
  static override readonly code = 'module_unavailable';
  static override readonly kind = 'unavailable';
  constructor(module: string) {
    super(`No running process hosts the module "${module}".`, { module });
  }
}

/** Not executed: a dependency of the module, such as its database, is temporarily unavailable. */
export class Unavailable extends DomainError<{ module: string }> {
  static override readonly code = 'unavailable';
  static override readonly kind = 'unavailable';
  constructor(module: string) {
    super(`The module "${module}" lacks something that it needs for the moment; try again.`, { module });
  }
}

/** Not executed: the module has reached its limit of work in flight. */
export class Overloaded extends DomainError<{ module: string }> {
  static override readonly code = 'overloaded';
  static override readonly kind = 'unavailable';
  constructor(module: string) {
    super(`The module "${module}" has too much work in flight; try again.`, { module });
  }
}

/** Not executed: the caller has reached the limit of queued expensive work. */
export class TooManyAtOnce extends DomainError<{ retryAfterSeconds: number }> {
  static override readonly code = 'too_many_at_once';
  static override readonly kind = 'too_many';
  constructor(retryAfterSeconds: number) {
    super('Too much of this waits already; wait before asking for more.', { retryAfterSeconds });
  }
}

/** Not executed: a newer release sent the message, and the receiving process does not know it yet. */
export class UnsupportedVersion extends DomainError<{ message: string; version: number }> {
  static override readonly code = 'unsupported_version';
  static override readonly kind = 'unavailable';
  constructor(message: string, version: number) {
    super(`Version ${version} of "${message}" is not known where it arrived; try again.`, { message, version });
  }
}

/** Not executed: the message exceeds the size limit. */
export class MessageTooLarge extends DomainError<{ message: string }> {
  static override readonly code = 'message_too_large';
  static override readonly kind = 'too_large';
  constructor(message: string) {
    super(`"${message}" is too large to be sent.`, { message });
  }
}

/** Not executed, or a query whose answer came too late. */
export class DeadlineExceeded extends DomainError<{ message: string }> {
  static override readonly code = 'deadline_exceeded';
  static override readonly kind = 'unavailable';
  constructor(message: string) {
    super(`"${message}" was not finished before its deadline.`, { message });
  }
}

/** These report on a single attempt at a command; they say nothing about the outcome of other attempts. */
const NOT_EXECUTED = [ModuleUnavailable, Unavailable, Overloaded, UnsupportedVersion, DeadlineExceeded];

export const saysNotExecuted = (error: unknown): boolean => NOT_EXECUTED.some((type) => error instanceof type);

/** The command may or may not have been executed; sending it again under the same message id is safe. */
export class OutcomeUnknown extends DomainError<{ message: string; messageId: string }> {
  static override readonly code = 'outcome_unknown';
  static override readonly kind = 'unavailable';
  constructor(message: string, messageId: string) {
    super(`"${message}" did not answer in time; it may have been executed.`, { message, messageId });
  }
}

/** Not executed: concurrent units of work kept changing the same rows. */
export class ConcurrencyConflict extends DomainError<{ message: string }> {
  static override readonly code = 'concurrency_conflict';
  static override readonly kind = 'conflict';
  constructor(message: string) {
    super(`"${message}" kept meeting concurrent changes; try again.`, { message });
  }
}

/** The command was already executed under this id; its result held a secret and was not stored. */
export class AlreadyDone extends DomainError<{ message: string }> {
  static override readonly code = 'already_done';
  static override readonly kind = 'conflict';
  constructor(message: string) {
    super(`"${message}" was already done under this id; its result held a secret and is not shown again.`, { message });
  }
}

/** An internal fault, not the caller's; details are in the logs of the failing module. */
export class InternalError extends DomainError {
  static override readonly code = 'internal_error';
  static override readonly kind = 'internal';
  constructor(message = 'Something went wrong on our side.') {
    super(message);
  }
}

/** A process did not answer a question in time; it may still be working on it. */
export class ProcessSilent extends DomainError<{ process: string }> {
  static override readonly code = 'process_silent';
  static override readonly kind = 'unavailable';
  constructor(process: string) {
    super(`The process ${process} did not answer in time; it may still be doing what it was asked.`, { process });
  }
}

/** The canary share is stored with the module, and this module has no storage. */
export class NoCanary extends DomainError<{ module: string }> {
  static override readonly code = 'no_canary';
  static override readonly kind = 'unprocessable';
  constructor(module: string) {
    super(`The module "${module}" has no database, in which a share of its commands could be stored.`, { module });
  }
}

/** The caller has reached a limit; giving up some of what it holds makes room. */
export class LimitReached extends DomainError<{ limit: string; most: number }> {
  static override readonly code = 'limit_reached';
  static override readonly kind = 'conflict';
  /** @param meaning a sentence that says what is counted */
  constructor(limit: string, most: number, meaning: string) {
    super(`The limit ${limit} is ${most}. ${meaning}`, { limit, most });
  }
}

export class DeadLetterNotFound extends DomainError<{ id: string }> {
  static override readonly code = 'dead_letter_not_found';
  static override readonly kind = 'not_found';
  constructor(id: string) {
    super('There is no such dead letter.', { id });
  }
}

/** Kernel errors that may be sent under any contract's name. */
export const kernelErrors: readonly DomainErrorClass[] = [
  ValidationFailed,
  Unauthenticated,
  Forbidden,
  ModuleUnavailable,
  Unavailable,
  Overloaded,
  TooManyAtOnce,
  UnsupportedVersion,
  MessageTooLarge,
  DeadlineExceeded,
  OutcomeUnknown,
  ConcurrencyConflict,
  AlreadyDone,
  InternalError,
  DeadLetterNotFound,
  NoCanary,
  ProcessSilent,
  LimitReached,
];

/** A programming error rather than bad input: shown to developers, never part of a contract. */
export class ModulithError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ModulithError';
  }
}
