/** What an error means for the caller, independent of any transport. */
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

/** A rejection that callers can rely on: it has a stable code and arrives as the same class in every placement. */
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

/** Certainly not executed: no process hosts the module that owns the message. */
export class ModuleUnavailable extends DomainError<{ module: string }> {
  static override readonly code = 'module_unavailable';
  static override readonly kind = 'unavailable';
  constructor(module: string) {
    super(`No running process hosts the module "${module}".`, { module });
  }
}

/** Certainly not executed: what the module needs, such as its database, is away for the moment. */
export class Unavailable extends DomainError<{ module: string }> {
  static override readonly code = 'unavailable';
  static override readonly kind = 'unavailable';
  constructor(module: string) {
    super(`The module "${module}" lacks something that it needs for the moment; try again.`, { module });
  }
}

/** Certainly not executed: the module has as much work in flight as it may. */
export class Overloaded extends DomainError<{ module: string }> {
  static override readonly code = 'overloaded';
  static override readonly kind = 'unavailable';
  constructor(module: string) {
    super(`The module "${module}" has too much work in flight; try again.`, { module });
  }
}

/** Certainly not executed: the caller has more costly work waiting than one may have. */
export class TooManyAtOnce extends DomainError<{ retryAfterSeconds: number }> {
  static override readonly code = 'too_many_at_once';
  static override readonly kind = 'too_many';
  constructor(retryAfterSeconds: number) {
    super('Too much of this waits already; wait before asking for more.', { retryAfterSeconds });
  }
}

/** Certainly not executed: a newer release sent it, and the process that got it does not know it yet. */
export class UnsupportedVersion extends DomainError<{ message: string; version: number }> {
  static override readonly code = 'unsupported_version';
  static override readonly kind = 'unavailable';
  constructor(message: string, version: number) {
    super(`Version ${version} of "${message}" is not known where it arrived; try again.`, { message, version });
  }
}

/** Certainly not executed: the message is larger than what may travel. */
export class MessageTooLarge extends DomainError<{ message: string }> {
  static override readonly code = 'message_too_large';
  static override readonly kind = 'too_large';
  constructor(message: string) {
    super(`"${message}" is too large to be sent.`, { message });
  }
}

/** Certainly not executed, or a question whose answer came too late to matter. */
export class DeadlineExceeded extends DomainError<{ message: string }> {
  static override readonly code = 'deadline_exceeded';
  static override readonly kind = 'unavailable';
  constructor(message: string) {
    super(`"${message}" was not finished before its deadline.`, { message });
  }
}

/** They say that nothing was done, of one try at a command: what another try has done they do not know. */
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

/** Certainly not executed: other units of work kept changing the same rows. */
export class ConcurrencyConflict extends DomainError<{ message: string }> {
  static override readonly code = 'concurrency_conflict';
  static override readonly kind = 'conflict';
  constructor(message: string) {
    super(`"${message}" kept meeting concurrent changes; try again.`, { message });
  }
}

/** The command was executed before under this id, and its result held a secret that was not kept. */
export class AlreadyDone extends DomainError<{ message: string }> {
  static override readonly code = 'already_done';
  static override readonly kind = 'conflict';
  constructor(message: string) {
    super(`"${message}" was already done under this id; its result held a secret and is not shown again.`, { message });
  }
}

/** A fault that is not the caller's: what went wrong is in the logs of the module that failed. */
export class InternalError extends DomainError {
  static override readonly code = 'internal_error';
  static override readonly kind = 'internal';
  constructor(message = 'Something went wrong on our side.') {
    super(message);
  }
}

/** A process was asked something and did not answer in time; it may still be at it. */
export class ProcessSilent extends DomainError<{ process: string }> {
  static override readonly code = 'process_silent';
  static override readonly kind = 'unavailable';
  constructor(process: string) {
    super(`The process ${process} did not answer in time; it may still be doing what it was asked.`, { process });
  }
}

/** A share of its commands is stored with a module, and this one stores nothing. */
export class NoCanary extends DomainError<{ module: string }> {
  static override readonly code = 'no_canary';
  static override readonly kind = 'unprocessable';
  constructor(module: string) {
    super(`The module "${module}" has no database, in which a share of its commands could be stored.`, { module });
  }
}

/** The caller has as much of something as it may; giving some of it up makes room. */
export class LimitReached extends DomainError<{ limit: string; most: number }> {
  static override readonly code = 'limit_reached';
  static override readonly kind = 'conflict';
  /** @param meaning what is counted, as a sentence */
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

/** Kernel errors that may travel in any contract's name. */
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

/** A mistake in the program, not in what a caller sent: shown to developers, never part of a contract. */
export class ModulithError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ModulithError';
  }
}
