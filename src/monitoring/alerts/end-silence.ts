import { Clock } from '@aitbc/platform';
import { CommandHandler, EventBus, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { MonitoringAudited } from '../contract/audited.js';
import { EndSilence, SilenceNotFound } from '../contract/silences.js';
import { Silence } from './silence.entity.js';

@CommandHandler(EndSilence)
export class EndSilenceHandler implements ICommandHandler<EndSilence> {
  constructor(
    @InjectRepository(Silence, 'monitoring') private readonly silences: Repository<Silence>,
    private readonly clock: Clock,
    private readonly eventBus: EventBus,
  ) {}

  async execute({ silenceId }: EndSilence): Promise<void> {
    const now = this.clock.now();
    const silence = await this.silences.findOneBy({ id: silenceId, until: MoreThan(now) });
    if (!silence) throw new SilenceNotFound(silenceId);
    const before = { until: silence.until.toISOString() };
    silence.until = now;
    await this.silences.save(silence);
    await this.eventBus.publish(
      MonitoringAudited.of({
        resource: `monitoring.silence ${silenceId}`,
        action: 'end',
        before,
        after: { until: now.toISOString() },
      }),
    );
  }
}
