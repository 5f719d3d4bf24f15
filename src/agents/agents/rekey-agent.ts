import { requirePrincipal } from '@aitbc/modulith';
import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { IssueAgentToken, RevokeAgentToken } from '../../gateway/contract/index.js';
import { GetAgent, RegisteredAgentView, RekeyAgent } from '../contract/agents.js';
import { AgentNotFound } from '../contract/errors.js';
import { OwnedAgents } from './owned-agents.js';

@CommandHandler(RekeyAgent)
export class RekeyAgentHandler implements ICommandHandler<RekeyAgent> {
  constructor(
    private readonly owned: OwnedAgents,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  async execute({ agentId }: RekeyAgent): Promise<RegisteredAgentView> {
    const { name, ownerId, status } = await this.queries.execute(GetAgent.of({ agentId }));
    if (ownerId !== requirePrincipal().subject || status === 'retired') throw new AgentNotFound(agentId);
    await this.commands.execute(RevokeAgentToken.of({ agentId }));
    const { token } = await this.commands.execute(IssueAgentToken.of({ agentId, name }));
    const agent = await this.owned.change(agentId, (each) => each.forgetKey());
    return RegisteredAgentView.of({ agent, token });
  }
}
