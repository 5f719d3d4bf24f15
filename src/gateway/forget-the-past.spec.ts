import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { QueryBus } from '@nestjs/cqrs';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { GetGatewaySummary, type GatewaySummaryView } from './contract/index.js';
import { ForgetThePast } from './forget-the-past.js';
import { PASSWORD, TestGateway } from './testing/start-gateway.js';

const HOUR = 60 * 60 * 1000;

describeEachDatabase('the gateway', (url) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start({ databaseUrl: url() });
    const email = 'ada@example.org';
    const headers = { 'idempotency-key': 'key-1' };
    await gateway.post('/v1/auth/register', { email, password: PASSWORD }, { headers });
    await gateway.login('unknown@example.org');
  });
  afterAll(() => gateway.close());

  const rows = async () => {
    const database = gateway.app.get<DataSource>(getDataSourceToken('gateway'));
    const tables = [
      'gateway_idempotency_keys',
      'gateway_login_attempts',
      'gateway_refresh_tokens',
      'gateway_known_networks',
      'gateway_users',
    ];
    const counts = tables.map((table) =>
      database.query<{ n: string | number }[]>(`SELECT COUNT(*) AS n FROM ${table}`),
    );
    return (await Promise.all(counts)).map(([row]) => Number(row!.n));
  };
  const after = async (ms: number) => {
    gateway.clock.advance(ms);
    await gateway.app.get(ForgetThePast).forget(gateway.clock.now());
    return rows();
  };
  const openSessions = async () =>
    (await gateway.app.get(QueryBus).execute<GetGatewaySummary, GatewaySummaryView>(new GetGatewaySummary()))
      .openSessions;

  it('forgets attempts after a day, keys after two, expired sessions, networks after 90 days, users never', async () => {
    expect(await after(0)).toEqual([1, 2, 1, 1, 2]);
    expect(await after(23 * HOUR)).toEqual([1, 2, 1, 1, 2]);
    expect(await openSessions()).toBe(1);
    expect(await after(2 * HOUR)).toEqual([1, 0, 1, 1, 2]);
    expect(await after(24 * HOUR)).toEqual([0, 0, 1, 1, 2]);
    expect(await after(30 * 24 * HOUR)).toEqual([0, 0, 0, 1, 2]);
    expect(await openSessions()).toBe(0);
    expect(await after(60 * 24 * HOUR)).toEqual([0, 0, 0, 0, 2]);
  });

  it('counts no session that has expired and was not forgotten yet', async () => {
    await gateway.login('ada@example.org');
    expect(await openSessions()).toBe(1);
    gateway.clock.advance(31 * 24 * HOUR);
    expect(await openSessions()).toBe(0);
  });
});
