import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { RotateRefreshToken, RotationView } from '../contract/index.js';
import { toUserView, User } from '../users/user.entity.js';
import { RefreshToken } from './refresh-token.entity.js';
import { Sessions } from './sessions.js';

@CommandHandler(RotateRefreshToken)
export class RotateRefreshTokenHandler implements ICommandHandler<RotateRefreshToken> {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  async execute({ presentedHash, successorHash, client }: RotateRefreshToken): Promise<RotationView> {
    const now = this.clock.now();
    const token = await this.tokens.findOneBy({ tokenHash: presentedHash });
    if (!token) return refusal('unknown');
    if (token.wasUsed) {
      await this.sessions.end(token);
      return refusal('reused');
    }
    const user = await this.users.findOneByOrFail({ id: token.userId });
    if (user.isLocked) return refusal('locked');
    if (token.isOver(now)) return refusal('expired');
    const successor = token.replaceBy(successorHash, this.sessions.use(client));
    await this.tokens.save([token, successor]);
    const { familyId: sessionId, method } = token;
    return RotationView.of({
      outcome: 'rotated',
      user: toUserView(user),
      version: user.credentialsVersion,
      sessionId,
      method,
    });
  }
}

function refusal(outcome: Exclude<RotationView['outcome'], 'rotated'>): RotationView {
  return RotationView.of({ outcome, user: null, version: 0, sessionId: '', method: null });
}
