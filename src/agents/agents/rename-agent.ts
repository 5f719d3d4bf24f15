import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type AgentView, RenameAgent } from '../contract/agents.js';
import { OwnedAgents } from './owned-agents.js';

@CommandHandler(RenameAgent)
export class RenameAgentHandler implements ICommandHandler<RenameAgent> {
  constructor(private readonly owned: OwnedAgents) {}

  execute({ agentId, name }: RenameAgent): Promise<AgentView> {
    return this.owned.change(agentId, (agent) => agent.rename(name));
  }
}
