import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Repository } from 'typeorm';
import { ApiKey } from './api-keys/api-key.entity.js';
import { GetGatewaySummary, GatewaySummaryView } from './contract/index.js';
import { RefreshToken } from './sessions/refresh-token.entity.js';
import { User } from './users/user.entity.js';

@QueryHandler(GetGatewaySummary)
export class GetGatewaySummaryHandler implements IQueryHandler<GetGatewaySummary> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<GatewaySummaryView> {
    const expiresAt = MoreThan(this.clock.now());
    const live = { expiresAt, revokedAt: IsNull() };
    const users = await this.users.count();
    const openSessions = await this.tokens.countBy({ ...live, replacedAt: IsNull() });
    return GatewaySummaryView.of({ users, openSessions, activeApiKeys: await this.keys.countBy(live) });
  }
}
