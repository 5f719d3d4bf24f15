import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { ListSilences } from '../contract/silences.js';
import { Silence } from './silence.entity.js';
import { toSilenceView } from './views.js';

@QueryHandler(ListSilences)
export class ListSilencesHandler implements IQueryHandler<ListSilences> {
  constructor(
    @InjectRepository(Silence, 'monitoring') private readonly silences: Repository<Silence>,
    private readonly clock: Clock,
  ) {}

  async execute() {
    const lasting = { until: MoreThan(this.clock.now()) };
    return (await this.silences.find({ where: lasting, order: { until: 'ASC', id: 'ASC' } })).map(toSilenceView);
  }
}
