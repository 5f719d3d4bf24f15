import { requirePrincipal } from '@aitbc/modulith';
import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { RevokeAgentToken } from '../../gateway/contract/index.js';
import { type AgentView, GetAgent, RetireAgent } from '../contract/agents.js';
import { AgentNotFound } from '../contract/errors.js';
import { OfferAgent } from './offer-agent.entity.js';
import { OwnedAgents } from './owned-agents.js';

@CommandHandler(RetireAgent)
export class RetireAgentHandler implements ICommandHandler<RetireAgent> {
  constructor(
    @InjectRepository(OfferAgent, 'agents') private readonly pairs: Repository<OfferAgent>,
    private readonly owned: OwnedAgents,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async execute({ agentId }: RetireAgent): Promise<AgentView> {
    const { ownerId } = await this.queries.execute(GetAgent.of({ agentId }));
    if (ownerId !== requirePrincipal().subject) throw new AgentNotFound(agentId);
    await this.commands.execute(RevokeAgentToken.of({ agentId }));
    const retired = await this.owned.change(agentId, (agent, now) => agent.retire(now));
    await this.pairs.delete({ agentId });
    return retired;
  }
}
