import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  AccountLocked,
  InvalidToken,
  Refresh,
  RefreshTokenReused,
  RotateRefreshToken,
  type SessionView,
  TokenExpired,
} from '../contract/index.js';
import { newToken, tokenHash } from '../tokens.js';
import { Sessions } from './sessions.js';

@CommandHandler(Refresh)
export class RefreshHandler implements ICommandHandler<Refresh> {
  constructor(
    private readonly commands: CommandBus,
    private readonly sessions: Sessions,
  ) {}

  async execute({ refreshToken, client }: Refresh): Promise<SessionView> {
    const successor = newToken();
    const { outcome, user, version, sessionId, method } = await this.commands.execute(
      RotateRefreshToken.of({
        presentedHash: tokenHash(refreshToken),
        successorHash: tokenHash(successor),
        client,
      }),
    );
    if (outcome === 'reused') throw new RefreshTokenReused();
    if (outcome === 'locked') throw new AccountLocked();
    if (outcome === 'expired') throw new TokenExpired();
    if (user === null) throw new InvalidToken();
    return this.sessions.describe({ user, version, sessionId, method }, successor);
  }
}
