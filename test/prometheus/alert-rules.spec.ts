import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promtool } from '../support/prometheus.js';

const generated = fileURLToPath(new URL('../../docs/prometheus', import.meta.url));

describe('the alert rules for Prometheus', () => {
  it('are rules that Prometheus takes', async () => {
    const { code, output } = await promtool(generated, 'check', 'rules', 'alerts.rules.yml');
    expect(output).toContain('SUCCESS');
    expect(output).not.toMatch(/lint error/);
    expect(code).toBe(0);
  }, 300_000);

  it('fire when they must and are silent before and after', async () => {
    const { code, output } = await promtool(generated, 'test', 'rules', 'alerts.test.yml');
    expect(code, output).toBe(0);
  }, 300_000);

  it('when a rule says something else than its test, the test fails', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'prometheus-'));
    cpSync(generated, directory, { recursive: true });
    const file = join(directory, 'alerts.rules.yml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('(max(aitbc_mempool_fill_ratio)) > 0.9', 'vector(0) > 1'));
    const { code, output } = await promtool(directory, 'test', 'rules', 'alerts.test.yml');
    rmSync(directory, { recursive: true });
    expect(code).not.toBe(0);
    expect(output).toContain('MempoolFull');
  }, 300_000);
});
