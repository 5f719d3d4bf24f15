import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Logout } from '../contract/index.js';
import { tokenHash } from '../tokens.js';
import { AccountChanges } from '../users/account-changes.js';
import { User } from '../users/user.entity.js';
import { RefreshToken } from './refresh-token.entity.js';
import { Sessions } from './sessions.js';

@CommandHandler(Logout)
export class LogoutHandler implements ICommandHandler<Logout> {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly sessions: Sessions,
    private readonly accounts: AccountChanges,
  ) {}

  async execute({ refreshToken }: Logout): Promise<void> {
    if (refreshToken === undefined) return this.leaveEverywhere(requirePrincipal().subject);
    const token = await this.tokens.findOneBy({ tokenHash: tokenHash(refreshToken) });
    // A token that was never issued is already invalid, as the caller wants.
    if (token) await this.sessions.end(token);
  }

  private async leaveEverywhere(userId: string): Promise<void> {
    const user = await this.users.findOneBy({ id: userId });
    // An agent has no sessions.
    if (!user) return;
    await this.sessions.endAllOf(userId);
    await this.accounts.apply(user, 'sign_out', (now) => user.withdrawTokens(now));
  }
}
