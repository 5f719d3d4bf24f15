import { LocalDeadLetters, type Principal } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import type { Page } from '@aitbc/platform';
import { v7 as uuidv7 } from 'uuid';
import { BookingChanged } from '../../marketplace/contract/index.js';
import {
  type DeadLetterView,
  DiscardDeadLetter,
  type FeedPageView,
  GetDeadLetter,
  ListDeadLetters,
  MonitoringAudited,
  OPERATORS,
  ReadFeed,
  ReplayDeadLetter,
  ReplayDeadLetters,
  type ReplayReportView,
} from '../contract/index.js';
import { MonitoringScenario } from '../testing/monitoring-scenario.js';

const operator: Principal = { subject: uuidv7(), roles: ['user', 'operator'], scopes: [] };

describeEachDatabase('an operator with dead letters', (url) => {
  let scenario: MonitoringScenario;
  beforeAll(async () => void (scenario = await MonitoringScenario.start(url())));
  afterAll(() => scenario?.close());
  afterEach(() => scenario.change('DELETE FROM monitoring_dead_letters'));

  /** A dead letter as the kernel stores it; a broken one still fails on replay. */
  async function bury(event: Partial<BookingChanged>, errorCode = 'internal_error'): Promise<string> {
    const id = uuidv7();
    const { codec } = scenario.app.runtime.registry;
    const payload = codec.encode(
      BookingChanged.of({
        bookingId: uuidv7(),
        offerId: uuidv7(),
        clientId: uuidv7(),
        providerId: uuidv7(),
        status: 'funded',
        ...event,
      }),
    );
    const values = [
      id,
      uuidv7(),
      'marketplace.BookingChanged',
      'RecordFeed',
      id,
      payload,
      '{"version":1,"correlationId":"c"}',
      'failed',
    ].map((value) => `'${value}'`);
    await scenario.change(
      `INSERT INTO monitoring_dead_letters (id, message_id, name, handler, key, payload, metadata, state, attempts, error_code, error_message, created_at) VALUES (${values.join(', ')}, 5, '${errorCode}', 'it broke', ${Date.now()})`,
    );
    return id;
  }
  const broken = { status: 'gone' as never };
  const list = (query: Partial<ListDeadLetters> = {}) =>
    scenario.app.ask<Page<DeadLetterView>>(ListDeadLetters.of({ ...query }));
  const told = async (audience: string) => {
    const page = await scenario.app.ask<FeedPageView>(ReadFeed.of({ audiences: [audience], after: 0, limit: 100 }));
    return page.entries.map(({ type, data }) => [type, JSON.parse(data) as unknown]);
  };
  const lastAudited = () => scenario.app.published(MonitoringAudited).at(-1);

  it('lists them page by page, finds those of a kind, and reads one', async () => {
    const ids = [await bury({}), await bury({}, 'marketplace.odd'), await bury({})];
    const first = await list({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const second = await list({ limit: 2, cursor: first.nextCursor! });
    expect(second).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
    expect((await list({ errorCode: 'marketplace.odd' })).items.map(({ id }) => id)).toEqual([ids[1]]);
    expect((await list({ module: 'wallet' })).items).toEqual([]);
    expect(await scenario.app.ask(GetDeadLetter.of({ id: ids[1]! }))).toMatchObject({
      id: ids[1],
      module: 'monitoring',
      handler: 'RecordFeed',
      errorMessage: 'it broke',
    });
    await expect(scenario.app.ask(GetDeadLetter.of({ id: uuidv7() }))).rejects.toMatchObject({
      code: 'dead_letter_not_found',
    });
  });

  it('replays one: it is applied, audited, and the other operators see it', async () => {
    const clientId = uuidv7();
    const id = await bury({ clientId });
    expect(await scenario.app.execute(ReplayDeadLetter.of({ id }), { as: operator })).toEqual({ applied: 1 });
    expect((await told(clientId)).map(([type]) => type)).toEqual(['booking.funded']);
    const resource = `monitoring.dead_letter ${id}`;
    expect(lastAudited()).toMatchObject({ resource, action: 'replay', after: { applied: 1 } });
    expect((await told(OPERATORS)).at(-1)).toEqual([
      'operator.acted',
      { resource, action: 'replay', by: operator.subject },
    ]);
  });

  it('replays many of a kind, and is told of each what became of it', async () => {
    const clientId = uuidv7();
    const [good, bad, other] = [await bury({ clientId }), await bury(broken), await bury({ clientId }, 'else')];
    const replay = (limit: number) =>
      scenario.app.execute<ReplayReportView>(ReplayDeadLetters.of({ errorCode: 'internal_error', limit }), {
        as: operator,
      });
    expect(await replay(1)).toMatchObject({ letters: [{ id: good, applied: 1, errorCode: null }], hasMore: true });
    expect(await replay(10)).toMatchObject({
      letters: [{ id: bad, module: 'monitoring', handler: 'RecordFeed', applied: 0, errorCode: 'internal_error' }],
      hasMore: false,
    });
    expect((await list()).items.map(({ id }) => id)).toEqual([bad, other]);
    expect(await told(clientId)).toHaveLength(1);
    expect(lastAudited()).toMatchObject({
      resource: 'monitoring.dead_letters',
      action: 'replay',
      after: { errorCode: 'internal_error', replayed: 0, failed: [bad] },
    });
  });

  it('when the process that has one does not answer, is not told that it was replayed', async () => {
    const id = await bury({});
    const silent = vi.spyOn(scenario.app.get(LocalDeadLetters), 'get').mockRejectedValue(new Error('away'));
    const report = await scenario.app.execute<ReplayReportView>(ReplayDeadLetters.of({}), { as: operator });
    silent.mockRestore();
    expect(report.letters).toMatchObject([{ id, applied: 0, errorCode: 'process_silent' }]);
    expect(lastAudited()).toMatchObject({ after: { replayed: 0, failed: [id] } });
  });

  it('replays many step by step, and those that fail again do not stand in the way of the others', async () => {
    const ids = [await bury(broken), await bury(broken), await bury({}), await bury(broken)];
    const step = (cursor?: string) =>
      scenario.app.execute<ReplayReportView>(ReplayDeadLetters.of({ limit: 2, cursor }), { as: operator });
    const first = await step();
    expect(first).toMatchObject({ letters: [{ id: ids[0] }, { id: ids[1] }], hasMore: true });
    const second = await step(first.nextCursor!);
    expect(second).toMatchObject({
      letters: [
        { id: ids[2], applied: 1, errorCode: null },
        { id: ids[3], applied: 0, errorCode: 'internal_error' },
      ],
      hasMore: false,
      nextCursor: null,
    });
    await expect(step('nobody made it')).rejects.toMatchObject({ details: { errors: [{ field: 'cursor' }] } });
  });

  it('discards one, and the audit trail knows which event that was', async () => {
    const id = await bury(broken);
    const [letter] = (await list()).items;
    await scenario.app.execute(DiscardDeadLetter.of({ id }), { as: operator });
    expect((await list()).items).toEqual([]);
    expect(lastAudited()).toMatchObject({
      resource: `monitoring.dead_letter ${id}`,
      action: 'discard',
      before: { module: 'monitoring', messageId: letter!.messageId, name: 'marketplace.BookingChanged' },
    });
  });
});
