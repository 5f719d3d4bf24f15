import type * as FileSystem from 'node:fs/promises';
import type { Page } from '@aitbc/platform';
import { type AlertView, ListAlerts } from '../../src/monitoring/contract/index.js';
import { type Monitoring, startMonitoring } from '../../src/monitoring/testing/start-monitoring.js';
import { KeepAlerts } from '../../src/monitoring/alerts/keep-alerts.js';
import { SHIPPED_RULES } from '../../src/monitoring/alerts/shipped-rules.js';

const disk = vi.hoisted(() => ({ free: 0.5 }));

// No test fills a disk: what the system asks says that it is full.
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof FileSystem>()),
  statfs: async () => ({ bavail: disk.free * 1_000, blocks: 1_000, bsize: 4_096 }),
}));

describe('a disk that fills up', () => {
  let monitoring: Monitoring;
  beforeAll(async () => {
    monitoring = await startMonitoring();
    await monitoring.app.get(KeepAlerts).ship(SHIPPED_RULES);
  });
  afterAll(() => monitoring?.close());

  const newest = async () => {
    const { items } = await monitoring.app.ask<Page<AlertView>>(ListAlerts.of({ rule: 'LowDisk', limit: 1 }));
    return items[0];
  };
  const minute = async () => {
    for (let passed = 0; passed < 70; passed += 10) await monitoring.tick();
  };

  it('raises an alert, as it ships, and ends it when there is room again', async () => {
    await minute();
    expect(await newest()).toBeUndefined();
    disk.free = 0.05;
    await minute();
    expect(await newest()).toMatchObject({ state: 'firing', severity: 'critical', value: 0.05 });
    disk.free = 0.4;
    await minute();
    expect(await newest()).toMatchObject({ state: 'resolved', ending: 'recovered' });
  });
});
