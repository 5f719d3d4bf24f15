import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { EndSilence, SilenceNotFound } from '../contract/silences.js';
import { OperatorActs } from '../operator-acts.js';
import { Silence } from './silence.entity.js';

@CommandHandler(EndSilence)
export class EndSilenceHandler implements ICommandHandler<EndSilence> {
  constructor(
    @InjectRepository(Silence, 'monitoring') private readonly silences: Repository<Silence>,
    private readonly clock: Clock,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ silenceId }: EndSilence): Promise<void> {
    const now = this.clock.now();
    const silence = await this.silences.findOneBy({ id: silenceId, until: MoreThan(now) });
    if (!silence) throw new SilenceNotFound(silenceId);
    const before = { until: silence.until.toISOString() };
    silence.until = now;
    await this.silences.save(silence);
    await this.acts.record({
      resource: `monitoring.silence ${silenceId}`,
      action: 'end',
      before,
      after: { until: now.toISOString() },
    });
  }
}
