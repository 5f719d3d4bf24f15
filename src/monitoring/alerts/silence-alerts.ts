import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SilenceAlerts, SilenceIsPast, SilenceMatchesAll, TooManySilences, UnknownRule } from '../contract/silences.js';
import { OperatorActs } from '../operator-acts.js';
import { AlertRule } from './alert-rule.entity.js';
import { Silence } from './silence.entity.js';
import { toSilenceView } from './views.js';

const MOST_SILENCES = 500;

@CommandHandler(SilenceAlerts)
export class SilenceAlertsHandler implements ICommandHandler<SilenceAlerts> {
  constructor(
    @InjectRepository(Silence, 'monitoring') private readonly silences: Repository<Silence>,
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    private readonly clock: Clock,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ until, comment, ...matching }: SilenceAlerts) {
    const now = this.clock.now();
    const { rule = null, severity = null } = matching;
    if (rule === null && severity === null) throw new SilenceMatchesAll();
    if (until <= now) throw new SilenceIsPast(until);
    if (rule !== null && !(await this.rules.existsBy({ name: rule }))) throw new UnknownRule(rule);
    if ((await this.silences.countBy({ until: MoreThan(now) })) >= MOST_SILENCES) {
      throw new TooManySilences(MOST_SILENCES);
    }
    const { subject: createdBy } = requirePrincipal();
    const fields = { id: uuidv7(), rule, severity, startsAt: now, until, comment, createdBy };
    const silence = Object.assign(new Silence(), fields);
    await this.silences.insert(silence);
    await this.acts.record({
      resource: `monitoring.silence ${silence.id}`,
      action: 'create',
      after: { rule, severity, until: until.toISOString(), comment },
    });
    return toSilenceView(silence);
  }
}
