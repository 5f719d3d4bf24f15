import { defineDatabase } from '@aitbc/modulith';
import { Agent } from './agents/agent.entity.js';
import { OfferAgent } from './agents/offer-agent.entity.js';
import { BookedTime } from './jobs/booked-time.entity.js';
import { JobDelivery } from './jobs/job-delivery.entity.js';
import { JobTask } from './jobs/job-task.entity.js';
import { Job } from './jobs/job.entity.js';
import { CreateAgentsAndJobs1764000000000 } from './migrations/1764000000000-create-agents-and-jobs.js';
import { FindJobs1764300200000 } from './migrations/1764300200000-find-jobs.js';
import { FindOldestJob1764600000000 } from './migrations/1764600000000-find-oldest-job.js';
import { AgentsOfOffers1765107000002 } from './migrations/1765107000002-agents-of-offers.js';
import { RetireAgents1765107000004 } from './migrations/1765107000004-retire-agents.js';
import { MeasureJobs1765107000005 } from './migrations/1765107000005-measure-jobs.js';

export const agentsDatabase = defineDatabase({
  module: 'agents',
  entities: [Agent, OfferAgent, BookedTime, Job, JobTask, JobDelivery],
  migrations: [
    CreateAgentsAndJobs1764000000000,
    FindJobs1764300200000,
    FindOldestJob1764600000000,
    AgentsOfOffers1765107000002,
    RetireAgents1765107000004,
    MeasureJobs1765107000005,
  ],
});
