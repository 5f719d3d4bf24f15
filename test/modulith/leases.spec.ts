import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { UnitOfWork } from '@aitbc/modulith';
import { Lease, LeaseLost } from '@aitbc/modulith/outbox/lease.js';
import { Leadership } from '@aitbc/modulith/outbox/leadership.js';
import { machine, machineIdentity } from '@aitbc/modulith/outbox/machine.js';
import { Periodic } from '@aitbc/modulith/outbox/periodic.js';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import type { ModuleDatabase } from '@aitbc/modulith/unit-of-work/module-database.js';
import { getRepositoryToken } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { contracts, gate, Note, OfficeModule } from './errands.js';

const directories: string[] = [];
afterAll(() => directories.forEach((each) => rmSync(each, { recursive: true })));

/** What `/proc` says on another machine. */
function procOf({ boot, namespace }: { boot?: string | undefined; namespace?: string | undefined }): string {
  const proc = mkdtempSync(join(tmpdir(), 'proc-'));
  directories.push(proc);
  const file = (path: string) => {
    mkdirSync(dirname(join(proc, path)), { recursive: true });
    return join(proc, path);
  };
  if (boot) writeFileSync(file('sys/kernel/random/boot_id'), `${boot}\n`);
  if (namespace) symlinkSync(`pid:[${namespace}]`, file('self/ns/pid'));
  return proc;
}

describe('where a process runs', () => {
  const identity = (proc: Parameters<typeof procOf>[0]) => machineIdentity('twin', procOf(proc));

  it('is the same for processes of one boot and one namespace, whatever the machine is called', () => {
    expect(identity({ boot: 'b1', namespace: '1' })).toBe(identity({ boot: 'b1', namespace: '1' }));
    expect(machineIdentity(hostname())).toBe(machine);
  });

  it('differs on two machines of one name, in two containers of one machine, and after each boot', () => {
    const all = [
      identity({ boot: 'b1', namespace: '1' }),
      identity({ boot: 'b2', namespace: '1' }),
      identity({ boot: 'b1', namespace: '2' }),
      identity({ boot: 'b1' }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('when the system does not tell, is never the same', () => {
    const silent = procOf({});
    expect(machineIdentity('twin', silent)).not.toBe(machineIdentity('twin', silent));
  });
});

describeEachDatabase('a lease', (url, kind) => {
  let app: Scenario;
  let database: ModuleDatabase;
  let unitOfWork: UnitOfWork;
  let notes: Repository<Note>;
  let names = 0;

  beforeAll(async () => {
    app = await Scenario.start({ modules: [OfficeModule], contracts, databaseUrl: url() });
    database = app.hosted('office').database;
    unitOfWork = app.get(UnitOfWork);
    notes = app.get<Repository<Note>>(getRepositoryToken(Note, 'office') as string);
  });
  afterAll(() => app?.close());

  /** Two processes' views of one lease. */
  function rivals(): [Lease, Lease, string] {
    const name = `lease-${names++}`;
    return [new Lease(database, name), new Lease(database, name), name];
  }
  const sql = (statement: string) => database.write([statement]);
  const expire = (name: string) => sql(`UPDATE office_leases SET expires_at = 0 WHERE name = '${name}'`);
  const held = (name: string, holder: string) =>
    sql(
      `INSERT INTO office_leases (name, holder, fence, expires_at) VALUES ('${name}', '${holder}', 1, ${Date.now() + 60_000})`,
    );
  const noteCalled = (id: string) => notes.findOneBy({ id });

  it('has one holder at a time, who may renew it', async () => {
    const [one, other] = rivals();
    expect(await one.acquire()).toBe(true);
    expect(await other.acquire()).toBe(false);
    expect(await one.acquire()).toBe(true);
    expect([one.isHeld, other.isHeld]).toEqual([true, false]);
  });

  it('when many want it at once, has one holder', async () => {
    const all = Array.from({ length: 8 }, () => new Lease(database, 'wanted'));
    await Promise.allSettled(all.map((each) => each.acquire()));
    expect(all.filter((each) => each.isHeld)).toHaveLength(1);
  });

  it('when it is released, is free for another', async () => {
    const [one, other] = rivals();
    await one.acquire();
    await one.release();
    expect(one.isHeld).toBe(false);
    expect(await other.acquire()).toBe(true);
  });

  it('when its holder is a dead process of this machine, is free at once; of a living one or of another machine, not', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await held('of-the-dead', `${machine}/${child.pid}/x`);
    await held('of-the-living', `${machine}/${process.ppid}/x`);
    await held('of-another', `another-machine/${child.pid}/x`);
    const namespace = /\[(\d+)\]$/.exec(machine)?.[1];
    await held(
      'of-a-namesake',
      `${machineIdentity(hostname(), procOf({ boot: 'another', namespace }))}/${child.pid}/x`,
    );
    const take = (name: string) => new Lease(database, name).acquire();
    const names = ['of-the-dead', 'of-the-living', 'of-another', 'of-a-namesake'];
    expect(await Promise.all(names.map(take))).toEqual([true, false, false, false]);
  });

  it('when it changed hands while its holder paused, lets nothing of the former holder commit', async () => {
    const [paused, next, name] = rivals();
    await paused.acquire();
    await expire(name);
    expect(await next.acquire()).toBe(true);
    const work = paused.run(() => unitOfWork.run(() => notes.insert({ id: name, times: 1 })));
    await expect(work).rejects.toThrow(LeaseLost);
    expect(await noteCalled(name)).toBeNull();
    expect(paused.isHeld).toBe(false);
    await next.run(() => unitOfWork.run(() => notes.insert({ id: name, times: 2 })));
    expect(await noteCalled(name)).toMatchObject({ times: 2 });
  });

  // On SQLite nobody can take a lease while a unit of work is open: there is one writer.
  if (kind === 'postgres')
    it('when it changes hands in the middle of a unit of work, undoes that', async () => {
      const [paused, next, name] = rivals();
      await paused.acquire();
      const [writing, taken] = [gate(), gate()];
      const work = paused.run(() =>
        unitOfWork.run(async () => {
          await notes.insert({ id: name, times: 1 });
          writing.open();
          await taken.passed;
        }),
      );
      await writing.passed;
      await expire(name);
      expect(await next.acquire()).toBe(true);
      taken.open();
      await expect(work).rejects.toThrow(LeaseLost);
      expect(await noteCalled(name)).toBeNull();
    });

  it('when a holder renews it meanwhile, does not disturb its unit of work', async () => {
    const [holder, , name] = rivals();
    await holder.acquire();
    let renewal: Promise<boolean> | undefined;
    await holder.run(() =>
      unitOfWork.run(async () => {
        await notes.save({ id: name, times: 1 });
        renewal ??= holder.acquire();
        if (kind === 'postgres') await renewal;
      }),
    );
    expect(await renewal).toBe(true);
    expect(await noteCalled(name)).toMatchObject({ times: 1 });
  });
});

describeEachDatabase('periodic work', (url) => {
  let app: Scenario;
  let database: ModuleDatabase;
  const started: { periodic: Periodic; leadership: Leadership }[] = [];
  const replica = () => {
    const leadership = new Leadership(database);
    const periodic = new Periodic('office', leadership);
    started.push({ periodic, leadership });
    return periodic;
  };
  const stop = async ({ periodic, leadership }: { periodic: Periodic; leadership: Leadership }) => {
    await periodic.stop();
    await leadership.stop();
  };

  beforeEach(async () => {
    app = await Scenario.start({ modules: [OfficeModule], contracts, databaseUrl: url() });
    database = app.hosted('office').database;
    // The module's own, whose lease it is, steps back.
    await stop(app.hosted('office'));
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map(stop));
    await app.close();
  });

  it('runs on one replica only, never overlapping itself', async () => {
    const runs: number[] = [0, 0];
    let running = 0;
    let overlaps = 0;
    const replicas = [0, 1].map((at) => {
      const periodic = replica();
      periodic.every('count', { everyMs: 5 }, async () => {
        runs[at]! += 1;
        if (++running > 1) overlaps += 1;
        await delay(5);
        running -= 1;
      });
      return periodic;
    });
    await vi.waitFor(() => {
      for (const each of replicas) each.wake('count');
      expect(Math.max(...runs)).toBeGreaterThan(10);
    });
    expect(Math.min(...runs)).toBe(0);
    expect(overlaps).toBe(0);
  });

  it('when its replica shuts down, is ended first and then done by another', async () => {
    const order: string[] = [];
    const [first, second] = [replica(), replica()];
    const [begun, mayEnd] = [gate(), gate()];
    first.every('work', { everyMs: 5 }, async () => {
      begun.open();
      await mayEnd.passed;
      order.push('first ended');
    });
    await begun.passed;
    const stopped = stop(started[0]!);
    mayEnd.open();
    await stopped;
    second.every('work', { everyMs: 5 }, async () => void order.push('second'));
    await vi.waitFor(() => expect(order.length).toBeGreaterThan(2));
    expect(order.slice(0, 2)).toEqual(['first ended', 'second']);
    expect(order.filter((each) => each === 'first ended')).toHaveLength(1);
  });

  it('when one of its jobs fails, goes on with it', async () => {
    let runs = 0;
    replica().every('fails', { everyMs: 5 }, async () => {
      if (++runs < 3) throw new Error('a bad day');
    });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(3));
  });

  it('when it is woken, runs at once, and once more if it was running', async () => {
    let runs = 0;
    const holdUp = gate();
    const periodic = replica();
    periodic.every('rare', { everyMs: 3_600_000 }, async () => {
      runs += 1;
      if (runs === 2) await holdUp.passed;
    });
    await vi.waitFor(() => expect(runs).toBe(1));
    periodic.wake('rare');
    await vi.waitFor(() => expect(runs).toBe(2));
    periodic.wake('rare');
    periodic.wake('rare');
    await delay(30);
    expect(runs).toBe(2);
    holdUp.open();
    await vi.waitFor(() => expect(runs).toBe(3));
    await delay(30);
    expect(runs).toBe(3);
  });

  it('when a job is added later, runs it too', async () => {
    const periodic = replica();
    const done: string[] = [];
    periodic.every('early', { everyMs: 3_600_000 }, async () => void done.push('early'));
    await vi.waitFor(() => expect(done).toEqual(['early']));
    periodic.every('late', { everyMs: 3_600_000 }, async () => void done.push('late'));
    await vi.waitFor(() => expect(done).toEqual(['early', 'late']));
  });
});
