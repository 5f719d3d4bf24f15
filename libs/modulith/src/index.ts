export {
  bounded,
  type Contract,
  type ContractDefinition,
  defineContract,
  durable,
  type Subscription,
} from './contract/define-contract.js';
export {
  AlreadyDone,
  ConcurrencyConflict,
  DeadLetterNotFound,
  DeadlineExceeded,
  DomainError,
  type DomainErrorClass,
  type ErrorDetails,
  type ErrorKind,
  type FieldProblem,
  Forbidden,
  InternalError,
  LimitReached,
  ModuleUnavailable,
  ModulithError,
  OutcomeUnknown,
  Overloaded,
  TooManyAtOnce,
  MessageTooLarge,
  UnsupportedVersion,
  Unauthenticated,
  Unavailable,
  ValidationFailed,
} from './contract/errors.js';
export {
  Broadcast,
  type Class,
  Command,
  Event,
  type Fields,
  Key,
  keyed,
  Query,
  Secret,
  Travels,
  Version,
  View,
} from './contract/message.js';
export { compileValidator, MOST_FIELD_PROBLEMS, type Validator } from './contract/validation.js';
export {
  afterCommit,
  continueTrace,
  currentMessage,
  currentModule,
  currentPrincipal,
  currentTraceparent,
  parseTraceparent,
  requirePrincipal,
  type RequestOptions,
  runInRequest,
} from './context/message-context.js';
export { APART } from './context/apart.js';
export type { MessageMetadata, Principal } from './context/metadata.js';
export { ModulithModule } from './modulith.module.js';
export { DeadLetters } from './outbox/dead-letters.js';
export {
  type DeadLetter,
  type DeadLetterFilter,
  type DeadLetterSelection,
  LocalDeadLetters,
} from './outbox/local-dead-letters.js';
export { type OutboxReport, OutboxReports } from './outbox/outbox-reports.js';
export { within } from './outbox/relay.js';
export { kernelTables, withKernelTables } from './outbox/kernel-tables.js';
export { ContractRegistry } from './contract/registry.js';
export { Periodic } from './outbox/periodic.js';
export type { CanaryQuestion, ModulithOptions } from './placement/options.js';
export { BreakerControl, type BreakerReport } from './placement/breaker-control.js';
export { Distribution } from './placement/distribution.js';
export { type CallerReport, type HostReport, ModuleReports, type ProcessReport } from './placement/module-reports.js';
export { type ProcessAnswer, Processes } from './placement/processes.js';
export { type HostedModule, Runtime } from './placement/runtime.js';
export { SecretMismatch } from './transport/link.js';
export type { ProcessInfo } from './transport/options.js';
export type { PendingEntry } from './transport/server.js';
export { RedisStreamsClient } from './transport/redis-streams-client.js';
export { RedisStreamsContext, RedisStreamsServer } from './transport/redis-streams-server.js';
export { type DatabaseDefinition, dataSourceOptions, defineDatabase } from './unit-of-work/module-data-source.js';
export { isPassingFailure } from './unit-of-work/passing-failure.js';
export { parseDatabaseUrl } from './unit-of-work/database-url.js';
export { UnitOfWork } from './unit-of-work/unit-of-work.js';
