import { runInRequest } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type AgentTokenView, Authenticate, IssueAgentToken } from '../contract/index.js';
import { recordPublications } from '../testing/record-publications.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from '../testing/start-gateway.js';

describeEachDatabase('an account that is deleted', (url) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start({ databaseUrl: url() });
  });
  afterAll(() => gateway?.close());

  const erase = (token: string, password = PASSWORD) =>
    gateway.post('/v1/auth/me/delete', { password, force: true }, { token });

  it('leaves no session, no key, no agent and no name behind, and its address is free', async () => {
    const { user, accessToken, refreshToken } = await gateway.register('ada@example.org');
    const agent = await runInRequest({ principal: { subject: user.id, roles: ['user'], scopes: [] } }, () =>
      gateway.app
        .get(CommandBus)
        .execute<object, AgentTokenView>(IssueAgentToken.of({ agentId: uuidv7(), name: 'rig' })),
    );
    const published = recordPublications(gateway);
    expect((await erase(accessToken, 'a wrong password')).json()).toMatchObject({ code: 'gateway.wrong_password' });
    expect((await erase(accessToken)).statusCode).toBe(204);
    expect((await gateway.get('/v1/auth/me', { token: accessToken })).statusCode).toBe(401);
    expect((await erase(accessToken)).statusCode).toBe(401);
    expect((await gateway.refresh(refreshToken)).statusCode).toBe(401);
    expect((await gateway.login('ada@example.org')).json()).toMatchObject({ code: 'gateway.wrong_credentials' });
    const asAgent = gateway.app.get(QueryBus).execute(Authenticate.of({ credential: agent.token }));
    await expect(asAgent).rejects.toMatchObject({ code: 'gateway.invalid_token' });
    expect(published.filter(({ key }) => key.endsWith(user.id)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['gateway.SessionsEnded', 'gateway.AccountDeleted', 'gateway.GatewayAudited']),
    );

    const database = gateway.app.get<DataSource>(getDataSourceToken('gateway'));
    for (const table of ['gateway_users', 'gateway_mailed_tokens', 'gateway_outbox']) {
      expect(JSON.stringify(await database.query(`SELECT * FROM ${table}`)), table).not.toContain('ada@example.org');
    }
    expect((await gateway.register('ada@example.org')).user.id).not.toBe(user.id);
  });

  it('is not that of the last administrator', async () => {
    const { accessToken } = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session>();
    expect((await erase(accessToken, ADMIN.password)).json()).toMatchObject({ code: 'gateway.last_administrator' });
    expect((await gateway.get('/v1/auth/me', { token: accessToken })).statusCode).toBe(200);
  });
});
