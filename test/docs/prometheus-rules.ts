import { COMPARISONS } from '../../src/monitoring/contract/alert-rules.js';
import type { RuleDefinition } from '../../src/monitoring/alerts/alert-rule.entity.js';
import type { Comparing } from '../../src/monitoring/alerts/condition.js';
import { holdMs } from '../../src/monitoring/alerts/condition.js';
import { SHIPPED_RULES } from '../../src/monitoring/alerts/shipped-rules.js';
import { SERIES } from '../../src/monitoring/series/catalogue.js';
import { SERVICE_LEVEL_DAYS, SERVICE_LEVELS, type ServiceLevel } from '../../src/monitoring/series/service-levels.js';
import { promqlOf } from '../../src/monitoring/series/source.js';

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

const promql = new Map(SERIES.map((series) => [series.name, series.promql]));

/** A shipped rule as Prometheus takes it. */
export function alertingRule(alert: string, rule: RuleDefinition): AlertingRule {
  const guards = rule.while.map(compared);
  const own = expressionOf(rule);
  return {
    alert,
    // Each side is one value without labels; the guard decides and is not shown.
    expr: guards.length === 0 ? own : `(${own}) and on () (${guards.join(' or ')})`,
    for: `${holdMs(rule) / 1_000}s`,
    labels: { severity: rule.severity, service: 'aitbc' },
    annotations: { summary: rule.summary, ...(rule.runbook ? { runbook_url: rule.runbook } : {}) },
  };
}

function expressionOf(rule: RuleDefinition): string {
  const { kind, series, comparison, value, windowSeconds } = rule;
  if (kind === 'absence') return `absent(${querying(series)})`;
  if (!comparison || !COMPARISONS.includes(comparison) || value === null || value === undefined) {
    throw new Error(`A rule about ${series} compares nothing.`);
  }
  if (kind === 'threshold') return compared({ series, comparison, value });
  return `delta(${querying(series)}[${windowSeconds}s:10s]) / ${(windowSeconds ?? 60) / 60} ${comparison} ${value}`;
}

const compared = ({ series, comparison, value }: Comparing) => `${querying(series)} ${comparison} ${value}`;

function querying(series: string): string {
  const query = promql.get(series);
  if (!query) throw new Error(`There is no series "${series}".`);
  return `(${query})`;
}

/**
 * How fast an error budget may burn: a share of it within a time, seen over that time and over a twelfth of it, so that
 * the alert ends soon after the errors do (https://sre.google/workbook/alerting-on-slos/).
 */
const BURNS = {
  ErrorBudgetBurnsFast: {
    severity: 'critical',
    windows: [
      { share: 0.02, hours: 1, long: '1h', short: '5m' },
      { share: 0.05, hours: 6, long: '6h', short: '30m' },
    ],
  },
  ErrorBudgetBurnsSlowly: {
    severity: 'warning',
    windows: [
      { share: 0.1, hours: 24, long: '1d', short: '2h' },
      { share: 0.1, hours: 72, long: '3d', short: '6h' },
    ],
  },
} as const;

const recordOf = (range: string) => `aitbc:service_level_bad:ratio_rate${range}`;
const labelsOf = ({ group, kind }: ServiceLevel) => ({ route_group: group, objective: kind });

function recordings(): RecordingRule[] {
  const ranges = Object.values(BURNS).flatMap(({ windows }) => windows.flatMap(({ long, short }) => [short, long]));
  return SERVICE_LEVELS.flatMap((level) =>
    [...new Set(ranges)].map((range) => ({
      record: recordOf(range),
      expr: promqlOf(level.source, range),
      labels: labelsOf(level),
    })),
  );
}

export function burnRules(): AlertingRule[] {
  return SERVICE_LEVELS.flatMap((level) =>
    Object.entries(BURNS).map(([alert, { severity, windows }]) => {
      const { group, kind, objective } = level;
      const selector = `{route_group="${group}",objective="${kind}"}`;
      const parts = windows.map(({ share, hours, long, short }) => {
        const limit = Number(((1 - objective) * share * ((SERVICE_LEVEL_DAYS * 24) / hours)).toPrecision(6));
        return `(${recordOf(long)}${selector} > ${limit} and ${recordOf(short)}${selector} > ${limit})`;
      });
      return {
        alert,
        expr: parts.join(' or '),
        for: '1m',
        labels: { severity, service: 'aitbc', ...labelsOf(level) },
        annotations: {
          summary: `The ${kind} of "${group}" requests uses up its error budget of ${SERVICE_LEVEL_DAYS} days too soon`,
          runbook_url: 'docs/operations.md#an-error-budget-burns',
        },
      };
    }),
  );
}

/** The groups of the rule file. */
export function ruleGroups() {
  const shipped = [...SHIPPED_RULES].map(([name, rule]) => alertingRule(name, rule));
  return [
    { name: 'aitbc', rules: shipped },
    { name: 'aitbc-service-levels', rules: [...recordings(), ...burnRules()] },
  ];
}
