import { currentMessage, requirePrincipal } from '@aitbc/modulith';
import { Clock, Limits } from '@aitbc/platform';
import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { IssueAgentToken } from '../../gateway/contract/index.js';
import { GetOffer } from '../../marketplace/contract/index.js';
import { CountAgents, RegisterAgent, RegisteredAgentView } from '../contract/agents.js';
import { OfferNotOwned } from '../contract/errors.js';
import { toAgentView } from './agent-view.js';
import { Agent } from './agent.entity.js';
import { OfferAgent } from './offer-agent.entity.js';

@CommandHandler(RegisterAgent)
export class RegisterAgentHandler implements ICommandHandler<RegisterAgent> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    @InjectRepository(OfferAgent, 'agents') private readonly pairs: Repository<OfferAgent>,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  async execute({ concurrency = 1, region, ...rest }: RegisterAgent) {
    const { subject: ownerId } = requirePrincipal();
    // Before issuing a token that would belong to no agent.
    await this.limits.allow('agents-per-user', (await this.queries.execute(CountAgents.of({}))) + 1);
    for (const offerId of rest.offerIds) await this.mustOwn(offerId, ownerId);
    // Derived from the message, so that a retry of this command refers to the agent that the token was issued for.
    const id = uuidv5('agent', currentMessage()!.id);
    const { token } = await this.commands.execute(IssueAgentToken.of({ agentId: id, name: rest.name }));
    await this.limits.allow('agents-per-user', (await this.agents.countBy({ ownerId, retiredAt: IsNull() })) + 1);
    const now = this.clock.now();
    const agent = Agent.register({ ...rest, id, ownerId, concurrency, region: region ?? null }, now);
    await this.agents.insert(agent);
    await this.pairs.insert(rest.offerIds.map((offerId) => ({ offerId, agentId: id })));
    return RegisteredAgentView.of({ agent: toAgentView(agent, now), token });
  }

  private async mustOwn(offerId: string, ownerId: string): Promise<void> {
    const offer = await this.queries.execute(GetOffer.of({ offerId }));
    if (offer.providerId !== ownerId) throw new OfferNotOwned(offerId);
  }
}
