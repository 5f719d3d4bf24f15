import { MODULES } from '@aitbc/platform';
import { monolith, split } from '../../src/topology/placement.js';
import type { DatabaseKind } from './databases.js';
import { System } from './system.js';

const answers = (url: string) =>
  fetch(`${url}/health/live`, { signal: AbortSignal.timeout(1_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

describe('a system of tests', () => {
  let system: System;
  afterEach(() => system?.dispose());

  it.each<DatabaseKind>(['sqlite', 'postgres'])(
    'on %s has the processes it is asked for, all ready, and sees the tables of every module',
    async (database) => {
      const rest = MODULES.filter((module) => !['gateway', 'monitoring'].includes(module));
      system = await System.start({}, { placement: { front: ['gateway', 'monitoring'], rest }, database });
      expect([...system.topology.processes.keys()]).toEqual(['front', 'rest']);
      for (const { url } of system.topology.processes.values()) {
        expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      }
      for (const module of MODULES.filter((each) => each !== 'monitoring')) {
        expect(await system.database.tablesOf(module)).toContain(`${module}_outbox`);
      }
      const [admin] = await system.database.rows<{ email: string }>('SELECT email FROM gateway_users WHERE email = ?', [
        'admin@example.org',
      ]);
      expect(admin).toEqual({ email: 'admin@example.org' });
      await system.database.change('UPDATE gateway_users SET email = ? WHERE email = ?', ['x@y.z', admin!.email]);
      expect(await system.database.rows('SELECT email FROM gateway_users')).toEqual([{ email: 'x@y.z' }]);
      expect([...system.logs().keys()].toSorted()).toEqual(['front.log', 'rest.log']);
    },
    120_000,
  );

  it('ends, pauses and starts again one of its processes, where it was', async () => {
    system = await System.start({}, { placement: split });
    const wallet = system.process('wallet');
    expect(system.hosting('wallet')).toBe(wallet);
    const { url, pid } = wallet;
    wallet.pause();
    expect(await answers(url)).toBe(false);
    wallet.resume();
    expect(await answers(url)).toBe(true);
    await wallet.kill();
    expect([wallet.isRunning, await answers(url), await answers(system.url)]).toEqual([false, false, true]);
    await wallet.start();
    expect(wallet.url).toBe(url);
    expect(wallet.pid).not.toBe(pid);
    await wallet.restart();
    expect(await answers(url)).toBe(true);
    expect(() => system.process('bank')).toThrow(/no process "bank" but blockchain, wallet/);
  }, 180_000);

  it('needs no Redis for one process, and does not start when one of several does not', async () => {
    system = await System.start({}, { placement: monolith });
    expect(system.redis).toBeUndefined();
    const broken = System.start({ COLOR: 'no colour' }, { placement: 'wallet-outside' });
    await expect(broken).rejects.toThrow(/process "(application|wallet)" ended[^]*COLOR/);
  }, 120_000);
});
