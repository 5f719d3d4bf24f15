import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetServiceLevels, ServiceLevelView } from '../contract/index.js';
import { Points } from './points.js';
import { type Resolution, resolutionNamed, startOfPoint } from './resolutions.js';
import { SERVICE_LEVEL_DAYS, SERVICE_LEVELS, type ServiceLevel } from './service-levels.js';

const HOUR_MS = 3_600_000;

/** The requests of a period, and how many were bad. */
interface Requests {
  readonly all: number;
  readonly bad: number;
}

const NONE: Requests = { all: 0, bad: 0 };

@QueryHandler(GetServiceLevels)
export class GetServiceLevelsHandler implements IQueryHandler<GetServiceLevels> {
  constructor(
    private readonly points: Points,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<ServiceLevelView[]> {
    const whole = await this.requests(SERVICE_LEVEL_DAYS * 24 * HOUR_MS, resolutionNamed('6h'));
    const lastSix = await this.requests(6 * HOUR_MS, resolutionNamed('1m'));
    const last = await this.requests(HOUR_MS, resolutionNamed('1m'));
    return SERVICE_LEVELS.map((level) => {
      const of = (requests: ReadonlyMap<string, Requests>) => requests.get(level.series) ?? NONE;
      return viewOf(level, of(whole), of(lastSix), of(last));
    });
  }

  private async requests(lastMs: number, resolution: Resolution): Promise<Map<string, Requests>> {
    const now = this.clock.now();
    const from = startOfPoint(new Date(now.getTime() - lastMs), resolution);
    const sums = await this.points.sums(
      SERVICE_LEVELS.map(({ series }) => series),
      resolution,
      from,
      now,
    );
    return new Map(sums.map(({ series, total, weight }) => [series, { all: weight, bad: total }]));
  }
}

function viewOf(level: ServiceLevel, whole: Requests, lastSix: Requests, last: Requests): ServiceLevelView {
  const { group, kind, objective, withinSeconds = null } = level;
  return ServiceLevelView.of({
    group,
    kind,
    objective,
    withinSeconds,
    days: SERVICE_LEVEL_DAYS,
    requests: Math.round(whole.all),
    attained: whole.all > 0 ? 1 - whole.bad / whole.all : null,
    budgetLeft: 1 - (burnRate(whole, objective) ?? 0),
    burnRate1h: burnRate(last, objective),
    burnRate6h: burnRate(lastSix, objective),
  });
}

/** The ratio of bad requests to the allowed ones; null without requests. */
export function burnRate({ all, bad }: Requests, objective: number): number | null {
  return all > 0 ? bad / all / (1 - objective) : null;
}
