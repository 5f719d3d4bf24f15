import type { SeriesUnit } from '../contract/index.js';
import { FAILED, HTTP, PROMPT, SERVED } from './route-groups.js';
import { SERVICE_LEVELS, type ServiceLevel } from './service-levels.js';
import { promqlOf, type Selector, type Source } from './source.js';

/** A quantity of the whole system over time. */
export interface SeriesDefinition {
  readonly name: string;
  readonly help: string;
  readonly unit: SeriesUnit;
  /** The equivalent Prometheus query. */
  readonly promql: string;
  readonly source: Source;
}

type Declared = Omit<SeriesDefinition, 'name' | 'promql'>;

/** All statuses but the final ones. */
const OPEN_BOOKINGS = 'requested|funded|active|ended|disputed|settling';

const requests: Selector = { metric: `${HTTP}_count`, where: SERVED };
const status = (metric: string, pattern: string): Selector => ({
  metric,
  where: [{ label: 'status', op: '=~', value: pattern }],
});
/** A value that all replicas of a module export alike. */
const shared = (of: Selector | string) =>
  ({ kind: 'gauge', of: selector(of), across: 'max', says: 'alike' }) as const satisfies Source;
/** A value that all replicas of each module export alike, combined over all modules. */
const sharedByModule = (metric: string) => ({ ...shared(metric), by: 'module' }) as const;
const selector = (of: Selector | string): Selector => (typeof of === 'string' ? { metric: of } : of);

const DECLARED: Readonly<Record<string, Declared>> = {
  http_requests_per_second: {
    help: 'HTTP requests answered, without those for health and metrics',
    unit: 'per_second',
    source: { kind: 'rate', of: requests, perSeconds: 1 },
  },
  http_error_ratio: {
    help: 'Share of HTTP requests answered with 5xx; no value while there are no requests',
    unit: 'ratio',
    source: { kind: 'ratio', part: { ...requests, where: [...SERVED, ...FAILED] }, whole: requests },
  },
  http_latency_p95_seconds: {
    help: 'Time in which 95 % of HTTP requests were answered, without those that wait on purpose',
    unit: 'seconds',
    source: { kind: 'quantile', of: { metric: HTTP, where: PROMPT }, quantile: 0.95 },
  },
  outbox_oldest_age_seconds: {
    help: 'Age of the oldest event of any module that a subscriber has not confirmed',
    unit: 'seconds',
    source: { ...sharedByModule('modulith_outbox_oldest_age_seconds'), overall: 'max' },
  },
  outbox_depth: {
    help: 'Deliveries of events that are not confirmed, over all modules',
    unit: 'count',
    source: sharedByModule('modulith_outbox_depth'),
  },
  dead_letters: {
    help: 'Events given up, and those that wait behind them, over all modules',
    unit: 'count',
    source: sharedByModule('modulith_dead_letters'),
  },
  delayed_oldest_age_seconds: {
    help: 'How long the oldest event of any module has waited for what its handler needs',
    unit: 'seconds',
    source: { ...sharedByModule('modulith_delayed_oldest_age_seconds'), overall: 'max' },
  },
  breakers_open: {
    help: 'Circuit breakers that let no call through, over all processes',
    unit: 'count',
    source: {
      kind: 'gauge',
      of: { metric: 'modulith_breaker_state', where: [{ label: 'state', op: '=~', value: 'open|isolated' }] },
      across: 'sum',
      says: 'own',
      otherwise: 0,
    },
  },
  event_loop_delay_p99_seconds: {
    help: 'How late the event loop of the slowest process is, at the 99th percentile of the last ten to twenty seconds',
    unit: 'seconds',
    source: { ...shared('nodejs_eventloop_delay_p99_seconds'), says: 'own' },
  },
  disk_free_ratio: {
    help: 'Share of the data directory’s disk that is free, where it is least',
    unit: 'ratio',
    source: { kind: 'gauge', of: { metric: 'data_disk_free_ratio' }, across: 'min', says: 'own' },
  },
  process_count: {
    help: 'Processes of the system that answer',
    unit: 'count',
    source: { kind: 'gauge', of: { metric: 'build_info' }, across: 'sum', says: 'presence' },
  },
  agents_online: {
    help: 'Agents heard of within the last 45 seconds',
    unit: 'count',
    source: shared('aitbc_agents_online'),
  },
  jobs_queued: {
    help: 'Jobs that wait for an agent',
    unit: 'count',
    source: shared(status('aitbc_jobs', 'queued')),
  },
  job_queue_oldest_seconds: {
    help: 'How long the job at the head of the queue has been waiting for an agent',
    unit: 'seconds',
    source: shared('aitbc_job_queue_oldest_seconds'),
  },
  job_queue_wait_p95_seconds: {
    help: 'Time in which 95 % of the jobs given to an agent had been waiting for it',
    unit: 'seconds',
    source: { kind: 'quantile', of: { metric: 'aitbc_job_queue_wait_seconds' }, quantile: 0.95 },
  },
  bookings_open: {
    help: 'Bookings that are neither settled nor cancelled',
    unit: 'count',
    source: { ...shared(status('aitbc_bookings', OPEN_BOOKINGS)), by: 'status' },
  },
  bookings_in_use: {
    help: 'Bookings that are funded or active: those whose jobs an agent may have to do',
    unit: 'count',
    source: { ...shared(status('aitbc_bookings', 'funded|active')), by: 'status' },
  },
  escrow_held_ait: {
    help: 'Money that open bookings have locked in the escrow',
    unit: 'ait',
    source: shared('aitbc_escrow_held_ait'),
  },
  escrow_difference_ait: {
    help: 'By how much the balance of the escrow contracts is outside of what the bookings account for',
    unit: 'ait',
    source: shared('aitbc_escrow_difference_ait'),
  },
  chain_head_age_seconds: {
    help: 'Time since the last block',
    unit: 'seconds',
    source: shared('aitbc_chain_head_age_seconds'),
  },
  mempool_fill_ratio: {
    help: 'Share of the room for waiting transactions that is taken',
    unit: 'ratio',
    source: shared('aitbc_mempool_fill_ratio'),
  },
  failed_logins_per_minute: {
    help: 'Sign-ins refused for a wrong e-mail or password, or for too many of them',
    unit: 'per_minute',
    source: { kind: 'rate', of: { metric: 'aitbc_failed_sign_ins_total' }, perSeconds: 60 },
  },
};

/** All stored series, including those of the service levels. */
export const SERIES: readonly SeriesDefinition[] = [
  ...Object.entries(DECLARED).map(([name, declared]) => ({ name, ...declared, promql: promqlOf(declared.source) })),
  ...SERVICE_LEVELS.map(seriesOf),
];

function seriesOf({ series: name, group, kind, withinSeconds, source }: ServiceLevel): SeriesDefinition {
  const help =
    kind === 'availability'
      ? `Share of the requests of the group "${group}" answered with 5xx`
      : `Share of the requests of the group "${group}" that took longer than ${withinSeconds} s`;
  return { name, help, unit: 'ratio', source, promql: promqlOf(source) };
}
