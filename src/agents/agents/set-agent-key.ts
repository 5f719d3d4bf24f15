import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { SetAgentKey } from '../contract/agents.js';
import { AgentNotFound, WeakKey } from '../contract/errors.js';
import { isAgentPublicKey } from '../receipts/agent-signature.js';
import { isAgent, isOwner } from './agent-access.js';
import { toAgentView } from './agent-view.js';
import { Agent } from './agent.entity.js';

@CommandHandler(SetAgentKey)
export class SetAgentKeyHandler implements ICommandHandler<SetAgentKey> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    private readonly clock: Clock,
  ) {}

  async execute({ agentId, publicKey }: SetAgentKey) {
    const principal = requirePrincipal();
    if (!isAgentPublicKey(publicKey)) throw new WeakKey();
    const agent = await this.agents.findOneBy({ id: agentId });
    if (!agent) throw new AgentNotFound(agentId);
    if (isAgent(principal, agentId)) agent.introduceKey(publicKey);
    else if (isOwner(principal, agent)) agent.replaceKey(publicKey);
    else throw new AgentNotFound(agentId);
    await this.agents.save(agent);
    return toAgentView(agent, this.clock.now());
  }
}
