import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { FixedClock, type Page } from '@aitbc/platform';
import type { RequestListener } from 'node:http';
import {
  AcknowledgeAlert,
  AlertGuardView,
  type AlertChannelView,
  type AlertRuleView,
  type AlertView,
  DeleteAlertChannel,
  DeleteAlertRule,
  EndSilence,
  type FeedPageView,
  ListAlertChannels,
  ListAlertRules,
  ListAlerts,
  ListSilences,
  MonitoringAudited,
  OPERATORS,
  ReadFeed,
  SetAlertChannel,
  SetAlertRule,
  SilenceAlerts,
  type SilenceView,
  TestAlertChannel,
} from '../contract/index.js';
import { type Monitoring, startMonitoring } from '../testing/start-monitoring.js';
import { WebhookReceiver } from '../testing/webhook-receiver.js';
import type { AlertmanagerPayload } from './alertmanager-payload.js';
import { DeliverNotifications } from './deliver-notifications.js';
import { KeepAlerts } from './keep-alerts.js';
import { ATTEMPT_MS, MOST_ATTEMPTS } from './notification.entity.js';
import { SHIPPED_RULES } from './shipped-rules.js';

const operator = {
  subject: '019a0000-0000-7000-8000-00000000000f',
  roles: ['user', 'operator'],
  scopes: [],
};
const RULE = SetAlertRule.of({
  name: 'TooDeep',
  summary: 'Too much waits',
  kind: 'threshold',
  series: 'outbox_depth',
  comparison: '>',
  value: 100,
  forSeconds: 20,
  cooldownSeconds: 600,
  severity: 'warning',
  enabled: true,
} as SetAlertRule);
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error;

describeEachDatabase('alerts', (url) => {
  const clock = new FixedClock();
  let monitoring: Monitoring;
  let receiver: WebhookReceiver;
  let answer: RequestListener;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start((request, response) => answer(request, response));
    monitoring = await start();
    await monitoring.app.get(KeepAlerts).ship(SHIPPED_RULES);
    for (const { name, ...rule } of await rules()) await set({ ...rule, name, enabled: false });
  });
  beforeEach(async () => {
    answer = (_request, response) => response.end();
    await setChannel({});
  });
  afterEach(async () => {
    // Ends open alerts, drops the backlog and removes cooldowns.
    for (const { name, origin } of await rules()) {
      if (origin === 'operator') await execute(DeleteAlertRule.of({ name }));
    }
    for (const { id } of await ask<SilenceView[]>(ListSilences.of({}))) await execute(EndSilence.of({ silenceId: id }));
    await look();
    for (const { name } of await ask<AlertChannelView[]>(ListAlertChannels.of({}))) {
      await execute(DeleteAlertChannel.of({ name }));
    }
    await deliver();
    clock.advance(7 * 24 * 3_600_000);
    receiver.received.length = 0;
  });
  afterAll(async () => {
    await monitoring?.close();
    await receiver?.stop();
  });

  const start = () =>
    startMonitoring({
      databaseUrl: url(),
      clock,
      environment: {
        ALERT_WEBHOOK_ALLOW: '127.0.0.1',
        SMTP_URL: 'smtp://127.0.0.1:1',
        MODULITH_SECRET: 'ab'.repeat(32),
      },
    });
  const execute = <R>(command: object): Promise<R> => monitoring.app.execute<R>(command, { as: operator });
  const ask = <R>(query: object): Promise<R> => monitoring.app.ask<R>(query, { as: operator });
  const rules = () => ask<AlertRuleView[]>(ListAlertRules.of({}));
  const set = (fields: Partial<SetAlertRule>) => {
    const { origin, changed, state, updatedAt, ...said } = { ...RULE, ...fields } as SetAlertRule & AlertRuleView;
    void [origin, changed, state, updatedAt];
    const guards = said.while?.map((guard) => AlertGuardView.of(guard));
    return execute<AlertRuleView>(SetAlertRule.of({ ...said, while: guards } as SetAlertRule));
  };
  const setChannel = (fields: Partial<SetAlertChannel>) =>
    execute<AlertChannelView>(
      SetAlertChannel.of({ name: 'on-call', kind: 'webhook', url: receiver.url(), enabled: true, ...fields }),
    );
  const channel = async () => (await ask<AlertChannelView[]>(ListAlertChannels.of({})))[0]!;
  const alerts = async (query: Partial<ListAlerts> = {}) =>
    (await ask<Page<AlertView>>(ListAlerts.of({ rule: 'TooDeep', limit: 100, ...query }))).items;
  const newest = async () => (await alerts())[0]!;
  const deliver = () => monitoring.app.get(DeliverNotifications).deliver();

  /**
   * Advances ten seconds and collects the series with this value, which may take a time; without a value the series is
   * absent.
   */
  async function look(
    value?: number,
    by = 10_000,
    more: Readonly<Record<string, number>> = {},
    takes = 0,
  ): Promise<void> {
    clock.advance(by);
    const now = clock.now();
    const seen = value === undefined ? more : { outbox_depth: value, ...more };
    const measures = Object.entries(seen).map(
      ([name, total]) => [name, { lowest: total, highest: total, total, weight: 1 }] as const,
    );
    monitoring.series.add(new Map(measures), now);
    clock.advance(takes);
    await monitoring.series.tellListeners(now);
  }
  const looks = async (values: readonly (number | undefined)[]) => {
    for (const value of values) await look(value);
  };
  const told = () =>
    receiver.received.map(({ body }) => JSON.parse(body) as AlertmanagerPayload).map((each) => each.status);

  describe('rules', () => {
    it('those that are shipped are there from the start', async () => {
      const shipped = (await rules()).filter(({ origin }) => origin === 'shipped');
      expect(shipped.map(({ name }) => name).toSorted()).toEqual([...SHIPPED_RULES.keys()].toSorted());
    });

    it('a release brings its changes to what no operator has changed, and takes back what it ships no more', async () => {
      const keep = monitoring.app.get(KeepAlerts);
      const [own, other] = [SHIPPED_RULES.get('LowDisk')!, SHIPPED_RULES.get('MempoolFull')!];
      const release = new Map([...SHIPPED_RULES, ['Own', own], ['Other', other], ['Retired', other]]);
      await keep.ship(release);
      await set({ ...(await rules()).find(({ name }) => name === 'Own')!, value: 0.2 });
      await keep.ship(
        new Map([...SHIPPED_RULES, ['Own', { ...own, value: 0.05 }], ['Other', { ...other, value: 0.5 }]]),
      );
      const now = await rules();
      expect(now.find(({ name }) => name === 'Own')).toMatchObject({ value: 0.2, changed: true });
      expect(now.find(({ name }) => name === 'Other')).toMatchObject({ value: 0.5, changed: false });
      expect(now.find(({ name }) => name === 'Retired')).toBeUndefined();
      await keep.ship(SHIPPED_RULES);
      // An operator changed it, so it stays, shipped or not.
      expect((await rules()).find(({ name }) => name === 'Own')).toMatchObject({ origin: 'operator' });
    });

    it('a rule on an unknown series, or for an unknown channel, is refused by the name of the field', async () => {
      await expect(set({ series: 'no_such_series' })).rejects.toMatchObject({
        code: 'monitoring.unknown_series',
        details: { field: 'series', series: 'no_such_series' },
      });
      const guard = { series: 'nor_this', comparison: '>', value: 1 } as never;
      await expect(set({ while: [guard] })).rejects.toMatchObject({ details: { field: 'while.0.series' } });
      await expect(set({ channels: ['nobody'] })).rejects.toMatchObject({
        code: 'monitoring.unknown_channel',
        details: { field: 'channels.0', channel: 'nobody' },
      });
    });

    it.each([
      ['comparison', { comparison: '!' as never }],
      ['comparison', { comparison: undefined }],
      ['value', { value: Number.NaN }],
      ['windowSeconds', { kind: 'rate' as const }],
      ['windowSeconds', { kind: 'absence' as const, windowSeconds: 1 }],
      ['forSeconds', { forSeconds: -1 }],
      ['cooldownSeconds', { cooldownSeconds: 0 }],
      ['severity', { severity: 'fatal' as never }],
      ['summary', { summary: 'two\nlines' }],
      ['runbook', { runbook: 'javascript:alert(1)' }],
      ['name', { name: 'no name' }],
    ])('a malformed one names the field %s', async (field, fields) => {
      await expect(set(fields)).rejects.toMatchObject({
        code: 'validation_failed',
        details: { errors: expect.arrayContaining([expect.objectContaining({ field })]) as object },
      });
    });

    it('a shipped one is switched off, not deleted; changes are audited with before and after', async () => {
      await expect(execute(DeleteAlertRule.of({ name: 'LowDisk' }))).rejects.toThrow(
        code('monitoring.alert_rule_is_shipped'),
      );
      await set({});
      await set({ value: 200 });
      const [created, changed] = monitoring.app
        .published(MonitoringAudited)
        .filter(({ resource }) => resource === 'monitoring.alert_rule TooDeep')
        .slice(-2);
      expect(created).toMatchObject({ action: 'create', after: { value: 100 } });
      expect(created!.before).toBeUndefined();
      expect(changed).toMatchObject({ action: 'change', before: { value: 100 }, after: { value: 200 } });
    });
  });

  it('an operator is told when it goes wrong and when it is over, once each', async () => {
    await set({});
    await looks([101, 101]);
    expect(await newest()).toMatchObject({ state: 'pending', notifications: [] });
    await looks([101, 150, 150]);
    await deliver();
    await deliver();
    expect(await newest()).toMatchObject({
      state: 'firing',
      severity: 'warning',
      notifications: [{ channel: 'on-call', about: 'firing', state: 'delivered', attempts: 1, error: null }],
    });
    expect((await rules()).find(({ name }) => name === 'TooDeep')).toMatchObject({ state: 'firing' });
    await looks([3, 3]);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'resolved', ending: 'recovered' });
    expect(told()).toEqual(['firing', 'resolved']);
    const [first, last] = receiver.received.map(({ body }) => JSON.parse(body) as AlertmanagerPayload);
    expect(last!.alerts[0]!.fingerprint).toBe(first!.alerts[0]!.fingerprint);
    // Ended at the evaluation before the last.
    expect(last!.alerts[0]!.endsAt).toBe(new Date(clock.now().getTime() - 10_000).toISOString());
  });

  it('what stops in time leaves nothing behind', async () => {
    await set({});
    await looks([101, 101, 5]);
    expect(await alerts({ state: 'pending' })).toEqual([]);
  });

  it('a rate and an absence fire and end as well', async () => {
    await set({ kind: 'rate', value: 60, windowSeconds: 60, forSeconds: 0 });
    await looks([0, 20, 40, 60, 80]);
    expect(await newest()).toMatchObject({ state: 'firing', value: 120 });
    await looks([80, 80, 80, 80, 80, 80]);
    expect(await newest()).toMatchObject({ state: 'resolved' });
    await set({ kind: 'absence', comparison: undefined, value: undefined, windowSeconds: 60, forSeconds: 0 });
    await looks(Array.from({ length: 6 }, () => undefined));
    expect((await newest()).state).toBe('pending');
    await looks([undefined]);
    expect((await newest()).state).toBe('firing');
    await look(1);
    expect((await newest()).state).toBe('resolved');
  });

  it('a rule with a guard holds only while the guard does', async () => {
    await set({ forSeconds: 0, while: [{ series: 'bookings_open', comparison: '>', value: 0 } as never] });
    await look(500, 10_000, { bookings_open: 0 });
    await look(500);
    expect(await alerts({ state: 'firing' })).toEqual([]);
    await look(500, 10_000, { bookings_open: 3 });
    expect(await newest()).toMatchObject({ state: 'firing', value: 500 });
    await look(500, 10_000, { bookings_open: 0 });
    expect((await newest()).state).toBe('resolved');
  });

  it('bookings that need no agent do not call for one', async () => {
    await set(SHIPPED_RULES.get('NoAgentsOnline')! as never);
    const looksFor = async (more: Readonly<Record<string, number>>) => {
      for (let times = 0; times < 14; times++) {
        await look(undefined, 10_000, { agents_online: 0, jobs_queued: 0, ...more });
      }
    };
    await looksFor({ bookings_open: 3, bookings_in_use: 0 });
    expect(await alerts({ state: 'firing' })).toEqual([]);
    await looksFor({ bookings_open: 3, bookings_in_use: 1 });
    expect(await alerts({ state: 'firing' })).toHaveLength(1);
  });

  it('however long a collection takes, what it brought is what the rules look at', async () => {
    await set({ forSeconds: 0 });
    await look(500, 10_000, {}, 12_000);
    expect(await newest()).toMatchObject({ state: 'firing', value: 500 });
  });

  it('missing values fire nothing and end nothing at once', async () => {
    await set({});
    await looks([101, undefined, undefined, undefined, undefined, undefined]);
    expect((await newest()).state).toBe('pending');
    await looks([101, 101, 101]);
    expect((await newest()).state).toBe('firing');
    await looks(Array.from({ length: 30 }, () => undefined));
    expect((await newest()).state).toBe('firing');
    await looks(Array.from({ length: 70 }, () => undefined));
    expect(await newest()).toMatchObject({ state: 'resolved', ending: 'no_data' });
  });

  it('a clock that jumps fires nothing by itself, and one set back keeps nobody waiting', async () => {
    await set({ forSeconds: 120 });
    await look(101);
    await look(101, 3_600_000);
    expect((await newest()).state).toBe('pending');
    await look(101, -3_600_000);
    await looks(Array.from({ length: 10 }, () => 101));
    expect((await newest()).state).toBe('firing');
    await deliver();
    expect(told()).toEqual(['firing']);
  });

  it('within the cooldown nobody is told again; what still fires after it is told then', async () => {
    await set({ forSeconds: 0 });
    await looks([101, 1, 101, 1, 101]);
    await deliver();
    expect(told()).toEqual(['firing', 'resolved']);
    for (let passed = 0; passed < 600; passed += 30) await look(101, 30_000);
    await deliver();
    await look(1);
    await deliver();
    expect(told()).toEqual(['firing', 'resolved', 'firing', 'resolved']);
  });

  it('a silence keeps an alert from telling until it is over; whoever was told before hears of the end', async () => {
    const until = new Date(clock.now().getTime() + 120_000);
    await set({ forSeconds: 0 });
    const silence = await execute<SilenceView>(SilenceAlerts.of({ rule: 'TooDeep', until, comment: 'we know' }));
    expect(await ask(ListSilences.of({}))).toMatchObject([{ id: silence.id, createdBy: operator.subject }]);
    await looks([101, 101]);
    expect(await newest()).toMatchObject({ state: 'firing', silenced: true, notifications: [] });
    await look(101, 120_000);
    await deliver();
    expect(await newest()).toMatchObject({ silenced: false });
    expect(told()).toEqual(['firing']);
    const long = new Date(clock.now().getTime() + 3_600_000);
    await execute(SilenceAlerts.of({ severity: 'warning', until: long, comment: 'go on' }));
    await look(1);
    await deliver();
    expect(told()).toEqual(['firing', 'resolved']);
  });

  it('a silence of another rule or severity covers nothing; one of everything, or of the past, is refused', async () => {
    const until = new Date(clock.now().getTime() + 3_600_000);
    await set({ forSeconds: 0 });
    await execute(SilenceAlerts.of({ rule: 'LowDisk', until, comment: 'another' }));
    await execute(SilenceAlerts.of({ rule: 'TooDeep', severity: 'critical', until, comment: 'another' }));
    await look(101);
    expect((await newest()).silenced).toBe(false);
    await expect(execute(SilenceAlerts.of({ until, comment: 'all' }))).rejects.toThrow(
      code('monitoring.silence_matches_all'),
    );
    await expect(execute(SilenceAlerts.of({ rule: 'Nothing', until, comment: 'x' }))).rejects.toThrow(
      code('monitoring.unknown_rule'),
    );
    const past = SilenceAlerts.of({ severity: 'info', until: clock.now(), comment: 'x' });
    await expect(execute(past)).rejects.toThrow(code('monitoring.silence_is_past'));
  });

  it('an acknowledged alert stays open and tells nobody that it fires', async () => {
    await set({ forSeconds: 30 });
    await looks([101, 101]);
    const { id } = await newest();
    const seen = await execute<AlertView>(AcknowledgeAlert.of({ alertId: id, comment: 'I am on it' }));
    expect(seen).toMatchObject({ acknowledgedBy: operator.subject, comment: 'I am on it' });
    await looks([101, 101, 101]);
    expect(await newest()).toMatchObject({ id, state: 'firing', notifications: [] });
    await look(1);
    await deliver();
    expect(told()).toEqual([]);
    await expect(execute(AcknowledgeAlert.of({ alertId: id }))).rejects.toThrow(code('monitoring.alert_is_over'));
  });

  it('operators who watch see it fire and end, each once, silenced or not', async () => {
    const seen = (after: number) => ask<FeedPageView>(ReadFeed.of({ audiences: [OPERATORS], after, limit: 100 }));
    let position = 0;
    for (let page = await seen(0); page.entries.length > 0; page = await seen(position)) position = page.position;
    const since = async () =>
      (await seen(position)).entries
        .filter(({ type }) => type.startsWith('alert.'))
        .map(({ type, data }) => [type, JSON.parse(data) as object]);
    await set({ forSeconds: 20 });
    await look(101);
    expect(await since()).toEqual([]);
    for (let at = 0; at < 4; at++) await look(102);
    const { id: alertId } = await newest();
    const said = { alertId, rule: 'TooDeep', severity: 'warning', summary: 'Too much waits' };
    expect(await since()).toEqual([['alert.firing', { ...said, state: 'firing', value: 102, ending: null }]]);
    await look(1);
    await look(1);
    expect((await since()).slice(1)).toEqual([
      ['alert.resolved', expect.objectContaining({ ...said, state: 'resolved', ending: 'recovered' })],
    ]);
  });

  it('what an operator does about it, the others see at once', async () => {
    const told = (after: number) => ask<FeedPageView>(ReadFeed.of({ audiences: [OPERATORS], after, limit: 100 }));
    let position = 0;
    for (let page = await told(0); page.entries.length > 0; page = await told(position)) position = page.position;
    await setChannel({ name: 'other' });
    await execute(DeleteAlertChannel.of({ name: 'other' }));
    await set({ forSeconds: 0 });
    const until = new Date(clock.now().getTime() + 60_000);
    const { id: silenceId } = await execute<SilenceView>(
      SilenceAlerts.of({ rule: 'TooDeep', until, comment: 'we know' }),
    );
    await execute(EndSilence.of({ silenceId }));
    await look(101);
    const { id: alertId } = await newest();
    await execute(AcknowledgeAlert.of({ alertId }));
    await execute(DeleteAlertRule.of({ name: 'TooDeep' }));
    const { entries } = await told(position);
    const acts = entries.filter(({ type }) => type === 'operator.acted').map(({ data }) => JSON.parse(data) as unknown);
    const by = operator.subject;
    expect(acts).toEqual([
      { resource: 'monitoring.alert_channel other', action: 'create', by },
      { resource: 'monitoring.alert_channel other', action: 'delete', by },
      { resource: 'monitoring.alert_rule TooDeep', action: 'create', by },
      { resource: `monitoring.silence ${silenceId}`, action: 'create', by },
      { resource: `monitoring.silence ${silenceId}`, action: 'end', by },
      { resource: `monitoring.alert ${alertId}`, action: 'acknowledge', by },
      { resource: 'monitoring.alert_rule TooDeep', action: 'delete', by },
    ]);
  });

  it('when its rule is switched off, a firing alert is over, and those it told hear so', async () => {
    await set({ forSeconds: 0 });
    await look(101);
    await set({ forSeconds: 0, enabled: false });
    await look(101);
    await deliver();
    expect(await newest()).toMatchObject({ state: 'resolved', ending: 'rule_changed' });
    expect(told()).toEqual(['firing', 'resolved']);
  });

  it('what was over for three months is forgotten, with what it told; what is open stays', async () => {
    const forget = () => monitoring.app.get(KeepAlerts).forget();
    await set({ forSeconds: 0 });
    await looks([101, 1]);
    await deliver();
    await look(101);
    const [open, over] = await alerts();
    clock.advance(89 * 24 * 3_600_000);
    await forget();
    expect((await alerts()).map(({ id }) => id)).toEqual(expect.arrayContaining([open!.id, over!.id]));
    clock.advance(2 * 24 * 3_600_000);
    await forget();
    expect((await alerts()).map(({ id }) => id)).toEqual([open!.id]);
  });

  describe('a process that goes away', () => {
    it('loses and repeats no notification: whoever takes over delivers what was decided, and goes on counting', async () => {
      await set({ name: 'Slow', forSeconds: 60 });
      await set({ forSeconds: 0 });
      await looks([101, 101, 101]);
      await monitoring.close();
      monitoring = await start();
      await looks([101, 101]);
      expect(await alerts({ rule: 'Slow' })).toMatchObject([{ state: 'pending' }]);
      await looks([101, 101]);
      expect(await alerts({ rule: 'Slow' })).toMatchObject([{ state: 'firing' }]);
      await deliver();
      await monitoring.close();
      monitoring = await start();
      await looks([101]);
      await deliver();
      const names = receiver.received.map(
        ({ body }) => (JSON.parse(body) as AlertmanagerPayload).groupLabels['alertname'],
      );
      expect(names.toSorted()).toEqual(['Slow', 'TooDeep']);
    });

    it('in the middle of telling leaves the next attempt to others, under the same id', async () => {
      await set({ forSeconds: 0 });
      await look(101);
      // The process dies after the delivery, before it is recorded.
      const deliveries = monitoring.app.get(DeliverNotifications);
      const record = vi.spyOn(deliveries as unknown as { record: () => Promise<void> }, 'record');
      record.mockResolvedValue();
      await deliver();
      record.mockRestore();
      await deliver();
      expect(receiver.received).toHaveLength(1);
      clock.advance(20_000);
      await deliver();
      const ids = receiver.received.map(({ headers }) => headers['x-aitbc-notification-id']);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    });
  });

  describe('a channel', () => {
    it('that fails is tried again, later and later, in order, and given up in the end', async () => {
      answer = (_request, response) => response.writeHead(500).end();
      await set({ forSeconds: 0 });
      await looks([101, 1]);
      await deliver();
      await deliver();
      expect(told()).toEqual(['firing']);
      expect(await channel()).toMatchObject({ pending: 2, lastError: 'answered 500', lastDeliveredAt: null });
      clock.advance(5_000);
      await deliver();
      answer = (_request, response) => response.end();
      clock.advance(5_000);
      await deliver();
      expect(told()).toEqual(['firing', 'firing']);
      clock.advance(5_000);
      await deliver();
      await deliver();
      expect(told()).toEqual(['firing', 'firing', 'firing', 'resolved']);
      expect(await channel()).toMatchObject({ pending: 0, lastError: null, lastDeliveredAt: clock.now() });
    });

    it('that never answers well costs a bounded number of attempts', async () => {
      answer = (_request, response) => response.writeHead(503).end();
      await set({ forSeconds: 0 });
      await look(101);
      for (let attempt = 0; attempt < MOST_ATTEMPTS + 5; attempt += 1) {
        await deliver();
        clock.advance(16 * 60_000);
      }
      expect(receiver.received).toHaveLength(MOST_ATTEMPTS);
      const { notifications } = await newest();
      expect(notifications).toMatchObject([{ state: 'failed', attempts: MOST_ATTEMPTS, error: 'answered 503' }]);
    });

    it('that redirects is not followed and not asked again', async () => {
      answer = (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      await set({ forSeconds: 0 });
      await look(101);
      await deliver();
      expect((await newest()).notifications).toMatchObject([{ state: 'failed', attempts: 1 }]);
    });

    it('that is down holds up no other', async () => {
      await setChannel({ name: 'mail', kind: 'email', url: undefined, recipients: ['ada@example.org'] });
      await set({ forSeconds: 0 });
      await look(101);
      await deliver();
      expect((await newest()).notifications.toSorted((a, b) => (a.channel < b.channel ? -1 : 1))).toMatchObject([
        { channel: 'mail', state: 'pending', error: expect.stringContaining('ECONNREFUSED') as string },
        { channel: 'on-call', state: 'delivered' },
      ]);
    });

    it('that is slow is told the rest in the next round, so that the others wait no longer for it', async () => {
      answer = (_request, response) => {
        clock.advance(ATTEMPT_MS);
        response.end();
      };
      await set({ forSeconds: 0 });
      await looks([101, 1]);
      await deliver();
      expect(told()).toEqual(['firing']);
      await deliver();
      expect(told()).toEqual(['firing', 'resolved']);
    });

    it('tells only of rules that name it, when they name any', async () => {
      await setChannel({ name: 'other' });
      await set({ forSeconds: 0, channels: ['other'] });
      await look(101);
      expect((await newest()).notifications.map((each) => each.channel)).toEqual(['other']);
      await expect(execute(DeleteAlertChannel.of({ name: 'other' }))).rejects.toThrow(
        code('monitoring.alert_channel_in_use'),
      );
    });

    it('that is deleted or off gets nothing more, and what waits for it is given up', async () => {
      answer = (_request, response) => response.writeHead(500).end();
      await set({ forSeconds: 0 });
      await look(101);
      await deliver();
      await setChannel({ enabled: false });
      await deliver();
      expect((await newest()).notifications).toMatchObject([{ state: 'failed', error: 'the channel is off or gone' }]);
      expect(receiver.received).toHaveLength(1);
    });

    it('can be tried out', async () => {
      await execute(TestAlertChannel.of({ name: 'on-call' }));
      await deliver();
      expect(receiver.received).toHaveLength(1);
      const act = { resource: 'monitoring.alert_channel on-call', action: 'test' };
      expect(monitoring.app.published(MonitoringAudited).at(-1)).toMatchObject(act);
      await expect(execute(TestAlertChannel.of({ name: 'nobody' }))).rejects.toThrow(
        code('monitoring.alert_channel_not_found'),
      );
    });

    it('that is off is not tried out, and says why', async () => {
      await setChannel({ enabled: false });
      await expect(execute(TestAlertChannel.of({ name: 'on-call' }))).rejects.toThrow(
        code('monitoring.alert_channel_is_off'),
      );
      expect(await channel()).toMatchObject({ pending: 0 });
    });

    it('keeps what opens its doors to itself, and keeps it when something else changes', async () => {
      const secrets = ['a-secret-of-sixteen', 'Bearer a-token-of-theirs', '/services/T000/B000'];
      const [secret, authorization, path] = secrets as [string, string, string];
      const view = await setChannel({ url: receiver.url('127.0.0.1', path), secret, authorization });
      expect(view).toMatchObject({ target: `${new URL(receiver.url()).origin}/…`, signed: true });
      await setChannel({ url: undefined });
      await execute(TestAlertChannel.of({ name: 'on-call' }));
      await deliver();
      expect(receiver.received[0]!).toMatchObject({ url: path, headers: { authorization } });
      const stored = await monitoring.app
        .hosted('monitoring')
        .database.dataSource!.query('SELECT * FROM monitoring_alert_channels');
      const shown = JSON.stringify([stored, await channel(), monitoring.app.published(MonitoringAudited)]);
      for (const each of secrets) expect(shown).not.toContain(each);
      await setChannel({ url: undefined, secret: null, authorization: null });
      expect(await channel()).toMatchObject({ signed: false });
    });

    it('tells another server nothing of what was kept for the first: it is given again, or removed', async () => {
      const kept = { secret: 'a-secret-of-sixteen', authorization: 'Bearer a-token-of-theirs' };
      await setChannel({ ...kept, url: 'https://alerts.example.org/one' });
      await setChannel({ url: 'https://alerts.example.org/two' });
      const elsewhere = receiver.url();
      await expect(setChannel({ url: elsewhere })).rejects.toMatchObject({
        code: 'validation_failed',
        details: { errors: [{ field: 'secret' }, { field: 'authorization' }] },
      });
      await expect(setChannel({ url: elsewhere, secret: null })).rejects.toMatchObject({
        details: { errors: [{ field: 'authorization' }] },
      });
      expect(await channel()).toMatchObject({ target: 'https://alerts.example.org/…', signed: true });
      await setChannel({ url: elsewhere, secret: null, authorization: 'Bearer another' });
      await setChannel({ url: receiver.url('127.0.0.1', '/other') });
      await execute(TestAlertChannel.of({ name: 'on-call' }));
      await deliver();
      expect(receiver.received[0]!.headers).toMatchObject({ authorization: 'Bearer another' });
      expect(receiver.received[0]!.headers).not.toHaveProperty('x-aitbc-signature');
    });

    it('to an address inside is refused by the name of the field', async () => {
      for (const bad of ['http://10.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/latest', 'ftp://example.org']) {
        await expect(setChannel({ url: bad }), bad).rejects.toMatchObject({
          code: 'monitoring.alert_channel_url_refused',
          details: { field: 'url' },
        });
      }
      await expect(setChannel({ name: 'new', url: undefined })).rejects.toMatchObject({
        details: { errors: [{ field: 'url' }] },
      });
    });
  });
});
