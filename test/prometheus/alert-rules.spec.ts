import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleTests } from '../docs/prometheus-rule-tests.js';
import { ruleGroups } from '../docs/prometheus-rules.js';
import { toYaml } from '../docs/yaml.js';
import { ensurePrometheus, promtool } from '../support/prometheus.js';

const generated = fileURLToPath(new URL('../../docs/prometheus', import.meta.url));

describe('the alert rules for Prometheus', () => {
  beforeAll(() => ensurePrometheus(), 300_000);

  it('are rules that Prometheus takes', () => {
    const { code, output } = promtool(['check', 'rules', join(generated, 'alerts.rules.yml')]);
    expect(output).toContain('SUCCESS');
    expect(output).not.toMatch(/lint error/);
    expect(code).toBe(0);
  }, 300_000);

  it('fire when they must and are silent before and after', () => {
    const { code, output } = promtool(['test', 'rules', join(generated, 'alerts.test.yml')]);
    expect(code, output).toBe(0);
  }, 300_000);

  it('when a rule says something else than its test, the test fails', () => {
    const directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
    const [mempool] = ruleGroups()[0]!.rules.filter((rule) => 'alert' in rule && rule.alert === 'MempoolFull');
    const tests = ruleTests().filter((test) => test.alert_rule_test[0]!.alertname === 'MempoolFull');
    const never = { ...mempool, expr: 'vector(0) > 1' };
    const groups = [{ name: 'altered', rules: [never] }];
    writeFileSync(join(directory, 'altered.yml'), toYaml({ groups } as never));
    writeFileSync(join(directory, 'test.yml'), toYaml({ rule_files: ['altered.yml'], tests } as never));
    const { code, output } = promtool(['test', 'rules', join(directory, 'test.yml')]);
    rmSync(directory, { recursive: true });
    expect(code).not.toBe(0);
    expect(output).toContain('MempoolFull');
  }, 300_000);
});
