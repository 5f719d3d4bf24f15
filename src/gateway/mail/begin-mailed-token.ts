import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { BeginMailedToken, MailedTokenInvalid, MailedTokenView } from '../contract/index.js';
import { MailedToken } from './mailed-token.entity.js';

@CommandHandler(BeginMailedToken)
export class BeginMailedTokenHandler implements ICommandHandler<BeginMailedToken> {
  constructor(
    @InjectRepository(MailedToken, 'gateway') private readonly tokens: Repository<MailedToken>,
    private readonly clock: Clock,
  ) {}

  async execute({ tokenHash, kind }: BeginMailedToken): Promise<MailedTokenView> {
    const token = await this.tokens.findOneBy({ tokenHash, kind });
    if (!token?.isUsable(this.clock.now())) throw new MailedTokenInvalid();
    await this.tokens.update({ tokenHash }, { attempts: token.attempts + 1 });
    const { email, userId, passwordHash } = token;
    return MailedTokenView.of({ email, userId, passwordHash });
  }
}
