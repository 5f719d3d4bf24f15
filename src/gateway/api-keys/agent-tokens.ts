import { currentPrincipal, Forbidden, requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { AgentTokenView, IssueAgentToken, RevokeAgentToken } from '../contract/index.js';
import { newToken, tokenHash } from '../tokens.js';
import { API_KEY_PREFIX, ApiKey } from './api-key.entity.js';

@CommandHandler(IssueAgentToken)
export class IssueAgentTokenHandler implements ICommandHandler<IssueAgentToken> {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly clock: Clock,
  ) {}

  async execute({ agentId, name }: IssueAgentToken): Promise<AgentTokenView> {
    const { subject: ownerId } = requirePrincipal();
    if (await this.keys.existsBy({ subject: agentId, ownerId: Not(ownerId) })) throw new Forbidden();
    const token = newToken(API_KEY_PREFIX);
    const key = ApiKey.forAgent(tokenHash(token), agentId, ownerId, name, this.clock.now());
    await this.keys.insert(key);
    return AgentTokenView.of({ token, expiresAt: key.expiresAt });
  }
}

@CommandHandler(RevokeAgentToken)
export class RevokeAgentTokenHandler implements ICommandHandler<RevokeAgentToken> {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly clock: Clock,
  ) {}

  async execute({ agentId }: RevokeAgentToken): Promise<void> {
    const keys = await this.keys.findBy({ subject: agentId, revokedAt: IsNull() });
    if (!keys.every((key) => mayRevoke(key))) throw new Forbidden();
    await this.keys.update({ subject: agentId, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
  }
}

/** Allows the system (no principal), the owner, and administrators. */
function mayRevoke(key: ApiKey): boolean {
  const principal = currentPrincipal();
  return !principal || principal.subject === key.ownerId || principal.roles.includes('admin');
}
