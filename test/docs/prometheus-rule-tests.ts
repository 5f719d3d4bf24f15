import { SHIPPED_RULES } from '../../src/monitoring/alerts/shipped-rules.js';
import { type AlertingRule, alertingRule, burnRules } from './prometheus-rules.js';

/** What Prometheus scrapes, every 15 seconds, and when the alert of it is to fire and to be silent. */
interface Example {
  readonly input: Readonly<Record<string, string>>;
  readonly fires: string;
  readonly silent: readonly string[];
}

const HTTP = 'http_server_request_duration_seconds';
const offers = (status: string) =>
  `http_request_method="GET",http_route="/v1/offers",http_response_status_code="${status}"`;

/** Well for two minutes, wrong for ten, and well again. */
const gauge = (well: number, wrong: number) => `${well}x7 ${wrong}x39 ${well}x40`;
/** Grows by as much every 15 seconds in these times. */
const counter = (well: number, wrong: number) => {
  const [first, second] = [well * 8, well * 8 + wrong * 40];
  return `${well}+${well}x7 ${first + wrong}+${wrong}x39 ${second + well}+${well}x40`;
};
const steady = (by: number) => `${by}+${by}x88`;
const times = { fires: '11m', silent: ['1m', '20m'] };

const EXAMPLES: Readonly<Record<string, Example>> = {
  HighErrorRate: {
    input: {
      [`${HTTP}_count{${offers('200')}}`]: steady(60),
      [`${HTTP}_count{${offers('503')}}`]: counter(0, 30),
    },
    ...times,
  },
  SlowRequests: {
    input: {
      [`${HTTP}_bucket{${offers('200')},le="1"}`]: counter(15, 0),
      [`${HTTP}_bucket{${offers('200')},le="5"}`]: steady(15),
      [`${HTTP}_bucket{${offers('200')},le="+Inf"}`]: steady(15),
    },
    ...times,
  },
  OutboxOld: { input: { 'modulith_outbox_oldest_age_seconds{module="wallet"}': gauge(0, 90) }, ...times },
  DeadLetters: { input: { 'modulith_dead_letters{module="wallet"}': gauge(0, 1) }, ...times },
  EventsDelayed: { input: { 'modulith_delayed_oldest_age_seconds{module="wallet"}': gauge(0, 400) }, ...times },
  BreakerOpen: { input: { 'modulith_breaker_state{module="wallet",state="open"}': gauge(0, 1) }, ...times },
  NoAgentsOnline: {
    input: { aitbc_agents_online: gauge(1, 0), 'aitbc_bookings{status="active"}': '1x86' },
    ...times,
  },
  JobsWaitLong: { input: { aitbc_job_queue_oldest_seconds: gauge(3, 400) }, ...times },
  ChainStalled: { input: { aitbc_chain_head_age_seconds: gauge(2, 200) }, ...times },
  ChainSilent: { input: { aitbc_chain_head_age_seconds: '2x7 _x39 2x40' }, ...times },
  MempoolFull: { input: { aitbc_mempool_fill_ratio: gauge(0.1, 0.95) }, ...times },
  LowDisk: { input: { 'data_disk_free_ratio{instance="a"}': gauge(0.5, 0.05) }, ...times },
  EventLoopLate: { input: { 'nodejs_eventloop_delay_p99_seconds{instance="a"}': gauge(0.01, 0.5) }, ...times },
  FailedLogins: { input: { 'aitbc_failed_sign_ins_total{reason="wrong_credentials"}': counter(0, 15) }, ...times },
  EscrowShort: { input: { aitbc_escrow_difference_ait: gauge(0, -3) }, ...times },
  EscrowOver: { input: { aitbc_escrow_difference_ait: '0x7 3x56 0x30' }, fires: '15m', silent: ['11m', '20m'] },
};

/** Guards that keep a rule from firing, however wrong the rest is. */
const GUARDED: readonly { readonly alert: string; readonly input: Example['input'] }[] = [
  ...['requested', 'ended', 'disputed', 'settling', 'settled'].map((status) => ({
    alert: 'NoAgentsOnline',
    input: { aitbc_agents_online: '0x86', [`aitbc_bookings{status="${status}"}`]: '5x86' },
  })),
  { alert: 'HighErrorRate', input: { [`${HTTP}_count{${offers('503')}}`]: '0x40 1x40' } },
  {
    alert: 'HighErrorRate',
    input: {
      [`${HTTP}_count{${offers('200')}}`]: steady(60),
      [`${HTTP}_count{${offers('503')},error_type="gateway.maintenance"}`]: steady(60),
    },
  },
];

/** What `promtool test rules` runs: each shipped rule fires when it must, and is silent before and after. */
export function ruleTests() {
  return [
    ...[...SHIPPED_RULES].map(([name, rule]) => testOf(alertingRule(name, rule), exampleOf(name))),
    ...GUARDED.map(({ alert, input }) => ({
      ...series(input),
      alert_rule_test: [{ alertname: alert, eval_time: '11m', exp_alerts: [] }],
    })),
    ...burnTests(),
  ];
}

function exampleOf(name: string): Example {
  const example = EXAMPLES[name];
  if (!example) throw new Error(`The shipped rule ${name} has no example for Prometheus.`);
  return example;
}

function testOf({ alert, labels, annotations }: AlertingRule, { input, fires, silent }: Example) {
  return {
    ...series(input),
    alert_rule_test: [
      { alertname: alert, eval_time: fires, exp_alerts: [{ exp_labels: labels, exp_annotations: annotations }] },
      ...silent.map((eval_time) => ({ alertname: alert, eval_time, exp_alerts: [] })),
    ],
  };
}

const series = (input: Example['input']) => ({
  interval: '15s',
  input_series: Object.entries(input).map(([name, values]) => ({ series: name, values })),
});

function burnTests() {
  const [fast] = burnRules().filter(({ alert, labels }) => {
    return (
      alert === 'ErrorBudgetBurnsFast' && labels['route_group'] === 'read' && labels['objective'] === 'availability'
    );
  });
  const { alert, labels, annotations } = fast!;
  const fires = [{ exp_labels: labels, exp_annotations: annotations }];
  // One request in 25 fails for half an hour, of an objective of one in a thousand: two per cent of the budget in an hour.
  const failing = answered('0+24x480', '0x119 0+1x119 119x240');
  const well = answered('0+2000x480', '0+1x480');
  return [
    {
      ...series(failing),
      alert_rule_test: [
        { alertname: alert, eval_time: '29m', exp_alerts: [] },
        { alertname: alert, eval_time: '59m', exp_alerts: fires },
        // The hour still looks bad; the last five minutes do not.
        { alertname: alert, eval_time: '1h40m', exp_alerts: [] },
      ],
    },
    { ...series(well), alert_rule_test: [{ alertname: alert, eval_time: '2h', exp_alerts: [] }] },
  ];
}

/** Answers of both kinds, all of them prompt. */
function answered(succeeded: string, failed: string): Example['input'] {
  return {
    [`${HTTP}_count{${offers('200')}}`]: succeeded,
    [`${HTTP}_count{${offers('500')}}`]: failed,
    [`${HTTP}_bucket{${offers('200')},le="0.25"}`]: succeeded,
    [`${HTTP}_bucket{${offers('500')},le="0.25"}`]: failed,
  };
}
