import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { EndSession, SessionNotFound } from '../contract/index.js';
import { RefreshToken } from './refresh-token.entity.js';
import { openOf, Sessions } from './sessions.js';

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  async execute({ sessionId }: EndSession): Promise<void> {
    const open = openOf(requirePrincipal().subject, this.clock.now());
    const token = await this.tokens.findOneBy({ ...open, familyId: sessionId });
    if (!token) throw new SessionNotFound();
    await this.sessions.end(token);
  }
}
