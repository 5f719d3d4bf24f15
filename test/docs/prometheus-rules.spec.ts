import { readFileSync } from 'node:fs';
import { SHIPPED_RULES } from '../../src/monitoring/alerts/shipped-rules.js';
import { SERIES } from '../../src/monitoring/series/catalogue.js';
import { ruleTests } from './prometheus-rule-tests.js';
import { ruleGroups } from './prometheus-rules.js';
import { toYaml } from './yaml.js';

const GENERATED = '# Generated from the rules that the system ships: npm run docs:prometheus-rules';
const fileOf = (content: object) => `${GENERATED}\n${toYaml(content as never).trimStart()}`;
const notCurrent = (name: string) => `docs/prometheus/${name} is not current: run npm run docs:prometheus-rules`;

describe('the rules for Prometheus', () => {
  it('are those that the system ships', async () => {
    await expect(fileOf({ groups: ruleGroups() }), notCurrent('alerts.rules.yml')).toMatchFileSnapshot(
      '../../docs/prometheus/alerts.rules.yml',
    );
  });

  it('have tests, one for each', async () => {
    const tests = { rule_files: ['alerts.rules.yml'], evaluation_interval: '1m', tests: ruleTests() };
    await expect(fileOf(tests), notCurrent('alerts.test.yml')).toMatchFileSnapshot(
      '../../docs/prometheus/alerts.test.yml',
    );
  });
});

describe('the rules that the system ships', () => {
  const handbook = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

  it.each([...SHIPPED_RULES])('%s is about a series that is kept, and the handbook says what to do', (name, rule) => {
    const names = SERIES.map((series) => series.name);
    for (const { series } of [rule, ...rule.while]) expect(names).toContain(series);
    const [, anchor] = rule.runbook!.split('#');
    const section = sections(handbook).find((each) => each.anchor === anchor);
    expect(section, `docs/operations.md has no heading #${anchor}`).toBeDefined();
    // The entry names its alert, so that it is found from either side.
    expect(section!.text).toContain(`\`${name}\``);
  });

  it('the error budgets have an entry as well', () => {
    expect(sections(handbook).map(({ anchor }) => anchor)).toContain('an-error-budget-burns');
  });
});

/** The parts of a Markdown file under its headings, by the anchors that GitHub gives them. */
function sections(markdown: string): { anchor: string; text: string }[] {
  return markdown
    .split(/^(?=#{2,3} )/m)
    .map((part) => ({ heading: /^#{2,3} (.*)$/m.exec(part)?.[1] ?? '', text: part }))
    .map(({ heading, text }) => ({
      anchor: heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .replaceAll(/\s/g, '-'),
      text,
    }));
}
