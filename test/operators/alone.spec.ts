import { join } from 'node:path';
import { PlatformProcess } from '../../src/topology/platform-process.js';
import { built } from '../support/built-application.js';
import { System } from '../support/system.js';

describe('a second process on the same database', () => {
  let system: System;
  afterEach(() => system?.dispose());

  it('without Redis does not start, and says what it needs', async () => {
    system = await System.start({}, { placement: 'monolith', database: 'sqlite' });
    const second = await PlatformProcess.prepare({
      name: 'second',
      built,
      environment: { DATA_DIR: join(system.directory, 'data'), LOG_LEVEL: 'warn' },
    });
    await expect(second.start()).rejects.toThrow(/replicas need REDIS_URL/);
    expect((await fetch(`${system.url}/health/ready`)).status).toBe(200);
  }, 120_000);
});
