import { ModulithModule } from '@aitbc/modulith';
import { Module } from '@nestjs/common';
import { AgentCounts } from './agent-counts.js';
import { AgentMetrics } from './agent-metrics.js';
import { AgentsOfOffers } from './agents/agents-of-offers.js';
import { CountAgentsHandler } from './agents/count-agents.js';
import { GetAgentHandler } from './agents/get-agent.js';
import { GetOfferPresenceHandler } from './agents/get-offer-presence.js';
import { ListAgentsHandler } from './agents/list-agents.js';
import { OwnedAgents } from './agents/owned-agents.js';
import { RegisterAgentHandler } from './agents/register-agent.js';
import { RekeyAgentHandler } from './agents/rekey-agent.js';
import { RenameAgentHandler } from './agents/rename-agent.js';
import { RetireAgentHandler } from './agents/retire-agent.js';
import { SetAgentKeyHandler } from './agents/set-agent-key.js';
import { agentsContract } from './contract/index.js';
import { agentsDatabase } from './database.js';
import { AnnounceJobChanges } from './jobs/announce-job-changes.js';
import { BookedTimes } from './jobs/booked-times.js';
import { CancelJobAsOperatorHandler } from './jobs/cancel-job-as-operator.js';
import { CancelJobHandler } from './jobs/cancel-job.js';
import { CountersignFinishedJob } from './jobs/countersign-finished-job.js';
import { FollowBooking } from './jobs/follow-booking.js';
import { GetAssignmentHandler } from './jobs/get-assignment.js';
import { GetCountersignDigestHandler } from './jobs/get-countersign-digest.js';
import { GetJobResultHandler } from './jobs/get-job-result.js';
import { GetJobUsageHandler } from './jobs/get-job-usage.js';
import { GetJobHandler } from './jobs/get-job.js';
import { GetReceiptHandler } from './jobs/get-receipt.js';
import { HeartbeatHandler } from './jobs/heartbeat.js';
import { IsBookingKnownHandler } from './jobs/is-booking-known.js';
import { IsJobWaitingHandler } from './jobs/is-job-waiting.js';
import { JobChanges } from './jobs/job-changes.js';
import { JobQuotas } from './jobs/job-quotas.js';
import { ListJobsHandler } from './jobs/list-jobs.js';
import { OperatorChanges } from './jobs/operator-changes.js';
import { ReportClosing } from './jobs/report-closing.js';
import { RequeueJobHandler } from './jobs/requeue-job.js';
import { SubmitFailureHandler } from './jobs/submit-failure.js';
import { SubmitJobHandler } from './jobs/submit-job.js';
import { SubmitResultHandler } from './jobs/submit-result.js';
import { SweepJobs } from './jobs/sweep-jobs.js';
import { TakeJobHandler } from './jobs/take-job.js';
import { WaitingJobs } from './jobs/waiting-jobs.js';
import { GetAgentsSummaryHandler } from './summarise-agents.js';

const agents = [
  AgentsOfOffers,
  OwnedAgents,
  RenameAgentHandler,
  RekeyAgentHandler,
  RetireAgentHandler,
  GetOfferPresenceHandler,
  CountAgentsHandler,
  RegisterAgentHandler,
  SetAgentKeyHandler,
  GetAgentHandler,
  ListAgentsHandler,
];
const attempts = [
  WaitingJobs,
  IsJobWaitingHandler,
  HeartbeatHandler,
  TakeJobHandler,
  GetAssignmentHandler,
  SubmitResultHandler,
  SubmitFailureHandler,
];
const jobs = [
  JobChanges,
  AnnounceJobChanges,
  BookedTimes,
  JobQuotas,
  GetJobUsageHandler,
  IsBookingKnownHandler,
  SubmitJobHandler,
  CancelJobHandler,
  GetJobHandler,
  ListJobsHandler,
  GetJobResultHandler,
  GetReceiptHandler,
  GetCountersignDigestHandler,
  SweepJobs,
];
const operations = [OperatorChanges, CancelJobAsOperatorHandler, RequeueJobHandler];
const reactions = [ReportClosing, FollowBooking, CountersignFinishedJob];

@Module({
  imports: [ModulithModule.forModule(agentsContract, agentsDatabase)],
  providers: [
    ...agents,
    ...attempts,
    ...jobs,
    ...operations,
    ...reactions,
    GetAgentsSummaryHandler,
    AgentCounts,
    AgentMetrics,
  ],
})
export class AgentsModule {}
