import type { Comparison } from '../contract/alert-rules.js';
import type { RuleDefinition } from './alert-rule.entity.js';

type Shipped = Omit<RuleDefinition, 'channels' | 'enabled' | 'cooldownSeconds' | 'runbook' | 'while'> &
  Partial<Pick<RuleDefinition, 'while'>> & {
    /** The heading in docs/operations.md that explains the alert and the remedy. */
    readonly runbook: string;
  };

const is = (series: string, comparison: Comparison, value: number) => ({ series, comparison, value });
const when = (series: string, comparison: Comparison, value: number) =>
  ({ kind: 'threshold', ...is(series, comparison, value) }) as const;

/** The rules that every installation starts with; the only place to change them. Prometheus gets the same rules. */
const RULES: Readonly<Record<string, Shipped>> = {
  HighErrorRate: {
    summary: 'More than 5 % of the requests fail',
    ...when('http_error_ratio', '>', 0.05),
    // A single failure at night is a large share of almost no traffic.
    while: [is('http_requests_per_second', '>', 0.05)],
    forSeconds: 120,
    severity: 'critical',
    runbook: 'requests-fail',
  },
  SlowRequests: {
    summary: 'One request in twenty takes longer than 2 s',
    ...when('http_latency_p95_seconds', '>', 2),
    forSeconds: 300,
    severity: 'warning',
    runbook: 'requests-are-slow',
  },
  OutboxOld: {
    summary: 'An event has waited longer than a minute for a subscriber',
    ...when('outbox_oldest_age_seconds', '>', 60),
    forSeconds: 120,
    severity: 'critical',
    runbook: 'the-outbox-grows-old',
  },
  DeadLetters: {
    summary: 'Events could not be applied',
    ...when('dead_letters', '>', 0),
    forSeconds: 0,
    severity: 'warning',
    runbook: 'dead-letters',
  },
  EventsDelayed: {
    summary: 'An event has waited longer than five minutes for what its handler needs',
    ...when('delayed_oldest_age_seconds', '>', 300),
    forSeconds: 60,
    severity: 'warning',
    runbook: 'events-are-delayed',
  },
  BreakerOpen: {
    summary: 'Calls to a module fail at once',
    ...when('breakers_open', '>', 0),
    forSeconds: 30,
    severity: 'critical',
    runbook: 'a-breaker-is-open',
  },
  NoAgentsOnline: {
    summary: 'No agent is online, although bookings are in use or jobs wait',
    ...when('agents_online', '<', 1),
    // Not all open bookings: one that waits for its payment or for a dispute decision needs no agent.
    while: [is('bookings_in_use', '>', 0), is('jobs_queued', '>', 0)],
    forSeconds: 120,
    severity: 'critical',
    runbook: 'no-agent-is-online',
  },
  JobsWaitLong: {
    summary: 'A job waits longer than five minutes for an agent',
    // Not the wait of taken jobs: if no agent takes any, there are none.
    ...when('job_queue_oldest_seconds', '>', 300),
    forSeconds: 30,
    severity: 'warning',
    runbook: 'jobs-wait-long',
  },
  ChainStalled: {
    summary: 'The chain has no new block for three minutes',
    ...when('chain_head_age_seconds', '>', 180),
    forSeconds: 30,
    severity: 'critical',
    runbook: 'the-chains-head-is-old',
  },
  ChainSilent: {
    summary: 'Nobody has said for two minutes how old the last block is',
    kind: 'absence',
    series: 'chain_head_age_seconds',
    windowSeconds: 120,
    forSeconds: 0,
    severity: 'critical',
    runbook: 'the-chains-head-is-old',
  },
  MempoolFull: {
    summary: 'The room for waiting transactions is nearly taken',
    ...when('mempool_fill_ratio', '>', 0.9),
    forSeconds: 60,
    severity: 'warning',
    runbook: 'the-mempool-is-full',
  },
  LowDisk: {
    summary: 'Less than a tenth of a disk is free',
    ...when('disk_free_ratio', '<', 0.1),
    forSeconds: 60,
    severity: 'critical',
    runbook: 'a-disk-fills-up',
  },
  EventLoopLate: {
    summary: 'The event loop of a process is late by more than 0.2 s',
    ...when('event_loop_delay_p99_seconds', '>', 0.2),
    forSeconds: 60,
    severity: 'warning',
    runbook: 'the-event-loop-is-late',
  },
  FailedLogins: {
    summary: 'More than 30 sign-ins fail a minute',
    ...when('failed_logins_per_minute', '>', 30),
    forSeconds: 60,
    severity: 'warning',
    runbook: 'many-sign-ins-fail',
  },
  EscrowShort: {
    summary: 'The escrow holds less than the bookings account for: money is missing',
    // The series itself excludes differences that pass within a minute.
    ...when('escrow_difference_ait', '<', 0),
    forSeconds: 60,
    severity: 'critical',
    runbook: 'the-escrow-does-not-reconcile',
  },
  EscrowOver: {
    summary: 'The escrow holds more than the bookings account for',
    ...when('escrow_difference_ait', '>', 0),
    forSeconds: 600,
    severity: 'warning',
    runbook: 'the-escrow-does-not-reconcile',
  },
};

const COOLDOWN_SECONDS = 15 * 60;

export const SHIPPED_RULES: ReadonlyMap<string, RuleDefinition> = new Map(
  Object.entries(RULES).map(([name, rule]) => [
    name,
    {
      ...rule,
      while: rule.while ?? [],
      runbook: `docs/operations.md#${rule.runbook}`,
      channels: null,
      enabled: true,
      cooldownSeconds: COOLDOWN_SECONDS,
    },
  ]),
);
