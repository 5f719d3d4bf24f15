import type { Api } from '../support/api.js';
import { enter, offerGpu } from '../support/people.js';
import type { Placement } from '../../src/topology/placement.js';
import { System } from '../support/system.js';

interface ModuleStatus {
  name: string;
  hosted: boolean;
  replicas: { process: string; version: string; color: string; leads: boolean; problem: string | null }[];
  callers: { process: string; breaker: string; unanswered: number }[];
  canaryShare: number;
}

const placement: Placement = {
  front: ['gateway', 'monitoring', 'marketplace'],
  second: ['marketplace'],
  back: ['blockchain', 'wallet', 'agents'],
};

describe('what an operator sees and does, with modules in several processes', () => {
  let system: System;
  let admin: Api;
  beforeAll(async () => {
    system = await System.start({ COLOR: 'blue' }, { placement, database: 'postgres' });
    admin = await system.admin();
  }, 180_000);
  afterAll(() => system?.dispose());

  const module = async (name: string) => {
    const all = (await admin.get('/v1/admin/modules')).as<ModuleStatus[]>(200);
    return all.find((each) => each.name === name)!;
  };
  const setShare = (name: string, share: unknown) => admin.put(`/v1/admin/modules/${name}/canary`, { share });

  /** How many offers a process has created itself. */
  async function createdIn(process: string): Promise<number> {
    const metrics = await (await fetch(`${system.process(process).url}/metrics`)).text();
    const line = metrics
      .split('\n')
      .find((each) => /^modulith_message_duration_seconds_count\{.*CreateOffer.*outcome="ok".*local/.test(each));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  /** The metrics may be a second old. */
  const haveCreated = (expected: number[]) =>
    vi.waitFor(async () => expect([await createdIn('front'), await createdIn('second')]).toEqual(expected), 5_000);

  it('each module with its replicas, one of which leads, and with those who call it', async () => {
    const marketplace = await module('marketplace');
    expect(marketplace.replicas).toHaveLength(2);
    expect(marketplace.replicas.filter(({ leads }) => leads)).toHaveLength(1);
    expect(new Set(marketplace.replicas.map(({ color }) => color))).toEqual(new Set(['blue']));
    const wallet = await module('wallet');
    expect(wallet.replicas).toHaveLength(1);
    expect(wallet.callers.map(({ breaker }) => breaker)).toEqual(['closed', 'closed']);
  });

  it('a share of the commands goes to the other replica, and comes home', async () => {
    const provider = await enter(system.api, 'provider');
    await offerGpu(provider);
    const [front, second] = [await createdIn('front'), await createdIn('second')];
    expect((await setShare('marketplace', 100)).status).toBe(204);
    await vi.waitFor(async () => expect((await module('marketplace')).canaryShare).toBe(100));
    await offerGpu(provider);
    await haveCreated([front, second + 1]);
    await setShare('marketplace', 0);
    await offerGpu(provider);
    await haveCreated([front + 1, second + 1]);
  });

  it('a share that makes no sense is refused', async () => {
    expect((await setShare('marketplace', 101)).refusal).toMatchObject({ status: 400, fields: ['share'] });
    expect((await setShare('nothing', 1)).refusal).toMatchObject({ status: 404, code: 'monitoring.module_unknown' });
  });

  it('the breakers of a module open and close by hand, in every process that calls it', async () => {
    const set = async (state: string) =>
      (await admin.put('/v1/admin/modules/wallet/breaker', { state })).as<{ processes: { breaker: string }[] }>(200);
    const provider = await enter(system.api, 'owner');
    expect((await set('isolated')).processes.map(({ breaker }) => breaker)).toEqual(['isolated', 'isolated']);
    expect((await module('wallet')).callers.map(({ breaker }) => breaker)).toEqual(['isolated', 'isolated']);
    expect((await provider.api.get('/v1/wallets')).refusal).toMatchObject({ status: 503, code: 'module_unavailable' });
    await set('closed');
    expect((await provider.api.get('/v1/wallets')).status).toBe(200);
    const refused = async (name: string, state: unknown) =>
      (await admin.put(`/v1/admin/modules/${name}/breaker`, { state })).refusal;
    expect(await refused('wallet', 'half_open')).toMatchObject({ status: 400, fields: ['state'] });
    expect(await refused('nothing', 'closed')).toMatchObject({ status: 404, code: 'monitoring.module_unknown' });
    expect(await refused('monitoring', 'isolated')).toMatchObject({ status: 422, code: 'monitoring.breaker_needed' });
  });

  it('a replica that stands still is shown, without its figures, and one that ended is not', async () => {
    system.process('second').pause();
    await vi.waitFor(
      async () => {
        const { replicas } = await module('marketplace');
        expect(replicas.filter(({ problem }) => problem !== null)).toHaveLength(1);
      },
      { timeout: 15_000, interval: 100 },
    );
    system.process('second').resume();
    await system.process('second').stop();
    await vi.waitFor(async () => expect((await module('marketplace')).replicas).toHaveLength(1), 15_000);
    await system.process('back').kill();
    await vi.waitFor(async () => expect(await module('wallet')).toMatchObject({ hosted: false, replicas: [] }), 30_000);
  }, 90_000);
});
