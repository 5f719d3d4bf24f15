import { randomUUID } from 'node:crypto';
import { type Principal, runInRequest } from '@aitbc/modulith';
import type { Publication } from '@aitbc/modulith/outbox/publication.js';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { Cluster } from '@aitbc/modulith/testing/cluster.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { type Audited, FixedClock, type Page } from '@aitbc/platform';
import { QueryBus } from '@nestjs/cqrs';
import { v7 as uuidv7 } from 'uuid';
import { AgentsAudited } from '../../agents/contract/index.js';
import { GatewayAudited } from '../../gateway/contract/index.js';
import {
  type AuditHeadView,
  type AuditRecordView,
  type DeadLetterView,
  DiscardDeadLetter,
  type FeedPageView,
  GetAuditHead,
  ListAudit,
  ListDeadLetters,
  OPERATORS,
  ReadFeed,
  ReplayDeadLetter,
  SetCanaryShare,
} from '../contract/index.js';
import { AuditController } from '../http/audit.controller.js';
import { MonitoringModule } from '../monitoring.module.js';
import { monitoringSystem } from '../testing/monitoring-system.js';
import { checkAuditLog, linesOf } from './check-audit-log.js';

const NOON = new Date('2026-05-01T12:00:00.000Z');
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const admin: Principal = { subject: '019a0000-0000-7000-8000-00000000000a', roles: ['user', 'admin'], scopes: [] };

describeEachDatabase('the audit log', (url, kind) => {
  let cluster: Cluster;
  let app: Application;

  beforeAll(async () => {
    cluster = new Cluster({
      ...monitoringSystem(new FixedClock(NOON)),
      databaseUrl: url(),
      // Replicas require Postgres.
      redisUrl: kind === 'postgres' ? process.env['REDIS_TEST_URL'] : undefined,
    });
    app = await cluster.start('one', [MonitoringModule]);
    if (kind === 'postgres') await cluster.start('two', [MonitoringModule]);
  });
  afterAll(() => cluster?.close());

  /** As the outbox of the changing module delivers it. */
  function publicationOf(change: Audited, by: Partial<Publication> = {}): Publication {
    const { registry } = app.runtime;
    const messageId = uuidv7();
    return {
      messageId,
      name: registry.messageOf(change).wireName,
      key: change.resource,
      payload: registry.codec.encode(change),
      metadata: {
        version: 1,
        correlationId: messageId,
        principal: admin,
        origin: '192.0.2.7',
        traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
      },
      publishedAt: NOON,
      ...by,
    };
  }
  const record = (change: Audited, by: Partial<Publication> = {}, on = app) =>
    on.runtime.accept('monitoring', publicationOf(change, by), true);
  const list = async (asked: Partial<ListAudit>) => {
    const page = await app.ask<Page<AuditRecordView>>(Object.assign(new ListAudit(), asked));
    return page.items;
  };
  const head = () => app.ask<AuditHeadView>(GetAuditHead.of({}));
  const exported = () =>
    runInRequest({ principal: admin }, async () => {
      const file = await new AuditController(app.get(QueryBus)).exportAuditLog();
      return (await file.getStream().setEncoding('utf8').toArray()).join('');
    });
  const lock = (user: string, reason = 'fraud') =>
    GatewayAudited.of({
      resource: `gateway.user ${user}`,
      action: 'lock',
      before: { locked: false },
      after: { locked: true, reason },
    });

  it('when an operator changes something, says who, what, from where, in which trace, before and after', async () => {
    await record(lock('ada'));
    expect(await list({ resource: 'gateway.user ada' })).toMatchObject([
      {
        at: NOON,
        action: 'lock',
        actor: { subject: admin.subject, roles: ['user', 'admin'] },
        origin: '192.0.2.7',
        traceId: TRACE,
        before: { locked: false },
        after: { locked: true, reason: 'fraud' },
      },
    ]);
  });

  it('when the same change is delivered again, has it once', async () => {
    const publication = publicationOf(lock('twice'));
    for (let n = 0; n < 3; n++) await app.runtime.accept('monitoring', publication, true);
    expect(await list({ resource: 'gateway.user twice' })).toHaveLength(1);
  });

  it('when changes arrive at the same moment, at every replica, has all of them in one chain without gaps', async () => {
    const before = (await head()).sequence;
    const replicas = cluster.applications();
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => record(lock(`crowd-${n}`), {}, replicas[n % replicas.length])),
    );
    const end = await head();
    expect(end.sequence).toBe(before + 40);
    const text = await exported();
    expect(text.split('\n')).toHaveLength(end.sequence + 1);
    expect(await checkAuditLog(linesOf(each(text)), end)).toEqual({ problems: [], head: { ...end } });
  }, 60_000);

  it('is searched by who, by what, by action and by time, in pages', async () => {
    const someone = { ...admin, subject: randomUUID() };
    const by = (at: string) => ({
      publishedAt: new Date(at),
      metadata: { version: 1, correlationId: uuidv7(), principal: someone },
    });
    const requeue = (job: string) => AgentsAudited.of({ resource: `agents.job ${job}`, action: 'requeue' });
    await record(lock('100%_😀of'), by('2026-05-02T00:00:00.000Z'));
    await record(requeue('one'), by('2026-05-02T01:00:00.000Z'));
    await record(requeue('two'), by('2026-05-02T02:00:00.000Z'));
    const actor = someone.subject;
    const resources = async (asked: Partial<ListAudit>) =>
      (await list({ actor, ...asked })).map(({ resource }) => resource);
    expect(await resources({})).toEqual(['agents.job two', 'agents.job one', 'gateway.user 100%_😀of']);
    expect(await resources({ resource: 'gateway.user 100%_😀' })).toEqual(['gateway.user 100%_😀of']);
    expect(await resources({ resource: 'gateway.user 1_0' })).toEqual([]);
    expect(await resources({ resource: 'Gateway.user 100' })).toEqual([]);
    expect(await resources({ action: 'requeue' })).toEqual(['agents.job two', 'agents.job one']);
    const hour = { from: new Date('2026-05-02T01:00:00.000Z'), to: new Date('2026-05-02T02:00:00.000Z') };
    expect(await resources(hour)).toEqual(['agents.job one']);
    const first = await app.ask<Page<AuditRecordView>>(Object.assign(new ListAudit(), { actor, limit: 2 }));
    expect(first.items).toHaveLength(2);
    expect(await resources({ cursor: first.nextCursor!, limit: 2 })).toEqual(['gateway.user 100%_😀of']);
    await expect(list({ cursor: Buffer.from('["x"]').toString('base64url') })).rejects.toMatchObject({
      code: 'validation_failed',
    });
  });

  it('is exported whole although records are long', async () => {
    const reason = 'x'.repeat(15_000);
    for (let n = 0; n < 45; n++) await record(lock('wordy', reason));
    const text = await exported();
    expect(text.length).toBeGreaterThan(45 * 15_000);
    expect((await checkAuditLog(linesOf(each(text)), await head())).problems).toEqual([]);
  });

  it('is changed by nobody, not even in the database itself', async () => {
    const { database } = app.hosted('monitoring');
    const before = await head();
    for (const sql of [
      `UPDATE monitoring_audit SET action = 'nothing' WHERE sequence = 1`,
      `DELETE FROM monitoring_audit WHERE sequence = 1`,
      kind === 'sqlite'
        ? `REPLACE INTO monitoring_audit SELECT * FROM monitoring_audit WHERE sequence = 1`
        : `TRUNCATE monitoring_audit`,
    ]) {
      await expect(database.write([sql]), sql).rejects.toThrow('the audit log is append-only');
    }
    expect((await checkAuditLog(linesOf(each(await exported())), before)).problems).toEqual([]);
  });

  it('has what operators do to the modules themselves', async () => {
    const share = SetCanaryShare.of({ module: 'monitoring', share: 25 });
    await app.execute(share, { as: admin, from: '198.51.100.7' });
    await cluster.settled();
    expect(await list({ resource: 'monitoring.canary' })).toMatchObject([
      { actor: { subject: admin.subject }, origin: '198.51.100.7', before: { share: 0 }, after: { share: 25 } },
    ]);
    const { entries } = await app.ask<FeedPageView>(ReadFeed.of({ audiences: [OPERATORS], after: 0, limit: 100 }));
    expect(JSON.parse(entries.at(-1)!.data)).toMatchObject({ resource: 'monitoring.canary monitoring' });
  });

  it('has what operators do to dead letters; what was recorded late says when it was done', async () => {
    const { database } = app.hosted('monitoring');
    const letters = async () => (await app.ask<Page<DeadLetterView>>(ListDeadLetters.of({}))).items;
    const { sequence, hash } = await head();
    await database.write(['DELETE FROM monitoring_audit_head']);
    await record(lock('late'), { publishedAt: new Date('2026-04-01T00:00:00.000Z') });
    await database.write([`INSERT INTO monitoring_audit_head (id, sequence, hash) VALUES (1, ${sequence}, '${hash}')`]);
    const [late] = await letters();
    await app.execute(ReplayDeadLetter.of({ id: late!.id }), { as: admin });
    expect(await list({ resource: 'gateway.user late' })).toMatchObject([{ at: new Date('2026-04-01T00:00:00.000Z') }]);

    await record(GatewayAudited.of({ resource: 'gateway.user nobody', action: 'x'.repeat(65) }));
    const [invalid] = await letters();
    await app.execute(DiscardDeadLetter.of({ id: invalid!.id }), { as: admin });
    expect(await letters()).toEqual([]);
    await cluster.settled();
    expect(await list({ resource: 'monitoring.dead_letter' })).toMatchObject([
      { action: 'discard', resource: `monitoring.dead_letter ${invalid!.id}`, after: null },
      {
        action: 'replay',
        actor: { subject: admin.subject },
        before: { module: 'monitoring', handler: 'RecordAudit', key: 'gateway.user late', state: 'failed' },
        after: { applied: 1 },
      },
    ]);
  });
});

async function* each(text: string): AsyncGenerator<string> {
  yield text;
}
