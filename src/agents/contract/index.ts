import { defineContract, durable } from '@aitbc/modulith';
import { BookingEnded, BookingFunded } from '../../marketplace/contract/events.js';
import {
  AgentView,
  CAPABILITIES,
  type Capability,
  CountAgents,
  GetAgent,
  ListAgents,
  RegisterAgent,
  RegisteredAgentView,
  SetAgentKey,
} from './agents.js';
import {
  AssignmentView,
  AttemptRef,
  GetAssignment,
  Heartbeat,
  HeartbeatView,
  IsJobWaiting,
  SubmitFailure,
  SubmitResult,
  TakeJob,
} from './attempts.js';
import { AgentsAudited } from './audited.js';
import {
  AgentNotFound,
  AttemptNotHeld,
  BookingNotOpen,
  JobAlreadyFinished,
  JobNotFinished,
  JobNotFound,
  JobNotHeld,
  KeyAlreadySet,
  KeyMissing,
  NoResult,
  OfferNotOwned,
  OnlyClientMaySubmit,
  PartyCannotChangeJob,
  ReceiptNotReady,
  ReceiptRefused,
  WasmForbiddenFeature,
  WasmForbiddenImport,
  WasmMalformed,
  WasmMemoryExceeded,
  WasmNoEntry,
  WasmTooLarge,
} from './errors.js';
import { JOB_OUTCOMES, JobAssigned, JobChanged, JobFinished, type JobOutcome, JobQueued } from './events.js';
import { FAILURE_CODES, type FailureCode, WASM_FAILURE_CODES, type WasmFailureCode } from './failure-codes.js';
import { GetJobResult, JobResultView } from './job-result.js';
import {
  ATTEMPT_STATUSES,
  type AttemptStatus,
  AttemptView,
  CancelJob,
  GetJob,
  IsBookingKnown,
  JOB_STATUSES,
  JobFailureView,
  type JobStatus,
  JobView,
  ListJobs,
  SubmitJob,
} from './jobs.js';
import { CancelJobAsOperator, RequeueJob } from './operations.js';
import { GetCountersignDigest, GetReceipt, ReceiptView, SignedReceiptView } from './receipts.js';
import { AgentsSummaryView, GetAgentsSummary } from './summary.js';
import { JOB_KINDS, type JobKind, WasmTask } from './tasks.js';

export {
  AgentView,
  CAPABILITIES,
  type Capability,
  CountAgents,
  GetAgent,
  ListAgents,
  RegisterAgent,
  RegisteredAgentView,
  SetAgentKey,
};
export { AgentsAudited };
export {
  AssignmentView,
  IsJobWaiting,
  AttemptRef,
  GetAssignment,
  Heartbeat,
  HeartbeatView,
  SubmitFailure,
  SubmitResult,
  TakeJob,
};
export {
  AgentNotFound,
  AttemptNotHeld,
  BookingNotOpen,
  JobAlreadyFinished,
  JobNotFinished,
  JobNotFound,
  JobNotHeld,
  KeyAlreadySet,
  KeyMissing,
  NoResult,
  OfferNotOwned,
  OnlyClientMaySubmit,
  PartyCannotChangeJob,
  ReceiptNotReady,
  ReceiptRefused,
  WasmForbiddenFeature,
  WasmForbiddenImport,
  WasmMalformed,
  WasmMemoryExceeded,
  WasmNoEntry,
  WasmTooLarge,
};
export { JOB_OUTCOMES, JobAssigned, JobChanged, JobFinished, type JobOutcome, JobQueued };
export { FAILURE_CODES, type FailureCode, WASM_FAILURE_CODES, type WasmFailureCode };
export { GetJobResult, JobResultView };
export {
  ATTEMPT_STATUSES,
  type AttemptStatus,
  AttemptView,
  CancelJob,
  GetJob,
  IsBookingKnown,
  JOB_STATUSES,
  JobFailureView,
  type JobStatus,
  JobView,
  ListJobs,
  SubmitJob,
};
export { CancelJobAsOperator, RequeueJob };
export { GetCountersignDigest, GetReceipt, ReceiptView, SignedReceiptView };
export { AgentsSummaryView, GetAgentsSummary };
export { JOB_KINDS, type JobKind, WasmTask };

export const agentsContract = defineContract('agents', {
  commands: [
    RegisterAgent,
    SetAgentKey,
    Heartbeat,
    TakeJob,
    SubmitResult,
    SubmitFailure,
    SubmitJob,
    CancelJob,
    CancelJobAsOperator,
    RequeueJob,
  ],
  queries: [
    CountAgents,
    GetAgent,
    ListAgents,
    IsJobWaiting,
    GetAssignment,
    GetJob,
    ListJobs,
    GetJobResult,
    GetReceipt,
    GetCountersignDigest,
    IsBookingKnown,
    GetAgentsSummary,
  ],
  events: [JobAssigned, JobFinished, JobChanged, JobQueued, AgentsAudited],
  views: [
    AgentView,
    RegisteredAgentView,
    AttemptRef,
    HeartbeatView,
    AssignmentView,
    WasmTask,
    JobResultView,
    JobFailureView,
    AttemptView,
    JobView,
    ReceiptView,
    SignedReceiptView,
    AgentsSummaryView,
  ],
  errors: [
    AgentNotFound,
    JobNotFound,
    OfferNotOwned,
    KeyAlreadySet,
    KeyMissing,
    BookingNotOpen,
    OnlyClientMaySubmit,
    PartyCannotChangeJob,
    AttemptNotHeld,
    JobAlreadyFinished,
    JobNotHeld,
    JobNotFinished,
    NoResult,
    ReceiptNotReady,
    ReceiptRefused,
    WasmTooLarge,
    WasmMalformed,
    WasmForbiddenFeature,
    WasmForbiddenImport,
    WasmNoEntry,
    WasmMemoryExceeded,
  ],
  subscribes: [
    durable('FollowBooking', BookingFunded),
    durable('FollowBooking', BookingEnded),
    durable('CountersignFinishedJob', JobFinished),
  ],
});
