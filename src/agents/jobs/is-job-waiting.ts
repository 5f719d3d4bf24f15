import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { mustBeAgent } from '../agents/agent-access.js';
import { IsJobWaiting } from '../contract/attempts.js';
import { WaitingJobs } from './waiting-jobs.js';

@QueryHandler(IsJobWaiting)
export class IsJobWaitingHandler implements IQueryHandler<IsJobWaiting> {
  constructor(
    private readonly waiting: WaitingJobs,
    private readonly clock: Clock,
  ) {}

  async execute({ agentId }: IsJobWaiting): Promise<boolean> {
    mustBeAgent(requirePrincipal(), agentId);
    return (await this.waiting.oldestFor(agentId, this.clock.now())) !== null;
  }
}
