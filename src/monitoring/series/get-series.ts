import { ValidationFailed } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  GetSeries,
  ListSeries,
  SeriesInfoView,
  SeriesPointView,
  SeriesUnknown,
  SeriesView,
} from '../contract/index.js';
import { SERIES } from './catalogue.js';
import { meanOf } from './measure.js';
import { Points } from './points.js';
import { resolutionFor, resolutionNamed, startOfPoint } from './resolutions.js';
import { Series } from './series.js';

const HOUR_MS = 3_600_000;

@QueryHandler(ListSeries)
export class ListSeriesHandler implements IQueryHandler<ListSeries> {
  async execute() {
    return SERIES.map(({ name, help, unit, promql }) => SeriesInfoView.of({ name, help, unit, promql }));
  }
}

@QueryHandler(GetSeries)
export class GetSeriesHandler implements IQueryHandler<GetSeries> {
  constructor(
    private readonly series: Series,
    private readonly points: Points,
    private readonly clock: Clock,
  ) {}

  async execute({ name, resolution: named, ...range }: GetSeries): Promise<SeriesView> {
    const definition = this.series.definitionOf(name);
    if (!definition) throw new SeriesUnknown(name);
    const now = this.clock.now();
    const to = range.to ?? now;
    const from = range.from ?? new Date(to.getTime() - HOUR_MS);
    if (from >= to) throw new ValidationFailed([{ field: 'from', message: 'from must be before to' }]);
    const resolution = named ? resolutionNamed(named) : resolutionFor(from, to, now);
    // Limits the request to the points kept of a resolution.
    const kept = new Date(Math.max(from.getTime(), now.getTime() - resolution.keptMs));
    const points = await this.points.between(name, resolution, startOfPoint(kept, resolution), to);
    return SeriesView.of({
      name,
      unit: definition.unit,
      resolution: resolution.name,
      from,
      to,
      points: points.map((point) =>
        SeriesPointView.of({ at: point.at, min: point.lowest, max: point.highest, avg: meanOf(point) }),
      ),
    });
  }
}
