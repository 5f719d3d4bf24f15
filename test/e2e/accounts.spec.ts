import { describeClosingAudit } from '../support/closing-audit.js';
import { fund, offerGpu, type Person } from '../support/people.js';
import { System } from '../support/system.js';

describe('an account', () => {
  let system: System;
  let client: Person;

  beforeAll(async () => {
    system = await System.start();
    client = await system.person('client');
  }, 180_000);
  afterAll(() => system?.dispose());

  it('that is left everywhere has no access any more, and its wallet is locked', async () => {
    const { email, password, wallet } = client;
    const other = (await system.api.post('/v1/auth/login', { email, password })).as<{ accessToken: string }>(200);
    (await client.api.post('/v1/auth/logout', {})).as(204);
    for (const api of [client.api, system.api.as(other.accessToken)]) {
      await vi.waitFor(async () => expect((await api.get('/v1/wallets')).status).toBe(401), 1_000);
    }
    const again = (await system.api.post('/v1/auth/login', { email, password })).as<{ accessToken: string }>(200);
    const own = system.api.as(again.accessToken);
    await own.until<{ unlockedUntil: string | null }>(
      `/v1/wallets/${wallet.id}`,
      ({ unlockedUntil }) => !unlockedUntil,
    );
    const transfer = { to: wallet.address, amount: '0' };
    expect((await own.post(`/v1/wallets/${wallet.id}/transfers`, transfer)).refusal.status).not.toBe(202);
  }, 60_000);

  it('is exported with what is its, and is not deleted while a wallet holds a balance unless that is forced', async () => {
    const owner = await system.person('owner');
    await fund(owner);
    const offer = await offerGpu(owner);
    const lines = (await owner.api.get('/v1/auth/me/export')).text.trim().split('\n');
    const kinds = lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(new Set(kinds)).toEqual(new Set(['account', 'session', 'wallet', 'offer']));
    const { password } = owner;
    const refused = await owner.api.post('/v1/auth/me/delete', { password });
    expect(refused.refusal.code).toBe('gateway.account_in_use');
    (await owner.api.post('/v1/auth/me/delete', { password, force: true })).as(204);
    await vi.waitFor(async () => expect((await owner.api.get('/v1/wallets')).status).toBe(401), 1_000);
    const other = await system.person('other');
    await other.api.until<{ status: string }>(`/v1/offers/${offer.id}`, ({ status }) => status === 'delisted');
  }, 60_000);

  describeClosingAudit(() => system);
});
