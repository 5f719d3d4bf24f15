import { type AddressInfo } from 'node:net';
import { AIT, padAmount } from '@aitbc/platform';
import { SMTPServer } from 'smtp-server';
import { doNothing } from '../../src/agents/testing/sample-jobs.js';
import type { AlertRuleView, AlertView, DeadLetterView } from '../../src/monitoring/contract/index.js';
import { WebhookReceiver } from '../../src/monitoring/testing/webhook-receiver.js';
import type { Api } from '../support/api.js';
import { HandAgent } from '../support/hand-agent.js';
import { bookFunded, type Booking, fund, type Offer, offerGpu, type Person, submitWasm } from '../support/people.js';
import { System } from '../support/system.js';

/** Collections are ten seconds apart, and a busy machine is late. */
const SEEN_MS = 120_000;

/**
 * Makes go wrong for real what the shipped rules watch, on a running system with a wallet in a process of its own, and
 * waits for what the receiver of the alerts hears. To fire within a test, rules are told as an operator would to wait
 * less and to bear less; what they watch is what they ship with. The disk is in low-disk.spec.ts.
 */
describe('when something goes wrong, whoever is on call hears of it, and of its end:', () => {
  let system: System;
  let admin: Api;
  let receiver: WebhookReceiver;
  let mails: string[];
  let smtp: SMTPServer;
  let client: Person;
  let provider: Person;
  let offer: Offer;
  let booking: Booking;
  let agent: HandAgent;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start((_request, response) => response.end());
    mails = [];
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => done(void mails.push(text) as never));
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()));
    const smtpPort = (smtp.server.address() as AddressInfo).port;
    system = await System.start(
      { ALERT_WEBHOOK_ALLOW: '127.0.0.1', SMTP_URL: `smtp://127.0.0.1:${smtpPort}` },
      { placement: 'wallet-outside', database: 'sqlite' },
    );
    admin = await system.admin();
    [client, provider] = (await Promise.all(['client', 'provider'].map((name) => system.person(name)))) as [
      Person,
      Person,
    ];
    await fund(client);
    offer = await offerGpu(provider);
    (await admin.put('/v1/admin/alert-channels/pager', { kind: 'webhook', url: receiver.url(), enabled: true })).as(
      200,
    );
    const people = { kind: 'email', recipients: ['ada@example.org'], enabled: true };
    (await admin.put('/v1/admin/alert-channels/people', people)).as(200);
    await admin.until<AlertRuleView[]>('/v1/admin/alert-rules', (rules) => rules.length > 10);
  }, 240_000);
  afterAll(async () => {
    await system?.dispose();
    await receiver?.stop();
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  });

  /** Tells a shipped rule to bear less and wait less. */
  async function impatient(name: string, change: Partial<AlertRuleView> = {}): Promise<void> {
    const {
      name: _name,
      origin,
      changed,
      state,
      updatedAt,
      ...rule
    } = (await admin.get(`/v1/admin/alert-rules/${name}`)).as<AlertRuleView>(200);
    void [_name, origin, changed, state, updatedAt];
    (await admin.put(`/v1/admin/alert-rules/${name}`, { ...rule, forSeconds: 0, ...change })).as(200);
  }

  const heard = (status: 'firing' | 'resolved', rule: string) =>
    vi.waitFor(
      () => {
        const told = receiver.received.map(({ body }) => JSON.parse(body) as { status: string; groupLabels: object });
        expect(told).toContainEqual(expect.objectContaining({ status, groupLabels: { alertname: rule } }));
      },
      { timeout: SEEN_MS, interval: 200 },
    );
  const fires = (...rules: string[]) => Promise.all(rules.map((rule) => heard('firing', rule)));
  const isOver = (...rules: string[]) => Promise.all(rules.map((rule) => heard('resolved', rule)));

  it('no agent is online and a job waits, sign-ins fail, the books do not fit the escrow', async () => {
    await impatient('JobsWaitLong', { value: 2 });
    for (const name of ['NoAgentsOnline', 'FailedLogins', 'EscrowShort']) await impatient(name);
    booking = await bookFunded(client, offer);
    (await submitWasm(client, booking.id, doNothing())).as(201);
    const total = await lockedAmount();
    await system.database.change('UPDATE marketplace_bookings SET locked_amount = ? WHERE id = ?', [
      padAmount(BigInt(total) + 5n * AIT),
      booking.id,
    ]);
    const guesses = Array.from({ length: 30 }, (_, at) => `nobody-${at}@example.org`);
    const guessed = guesses.map((email) => system.api.post('/v1/auth/login', { email, password: 'open sesame 123' }));
    for (const answer of await Promise.all(guessed)) expect(answer.status).toBe(401);
    await fires('NoAgentsOnline', 'JobsWaitLong', 'FailedLogins');
    await isOver('FailedLogins');
    await fires('EscrowShort');
    await system.database.change('UPDATE marketplace_bookings SET locked_amount = ? WHERE id = ?', [total, booking.id]);
    await isOver('EscrowShort');
  }, 400_000);

  it('an event cannot be applied', async () => {
    await impatient('DeadLetters');
    await system.database.change(
      `CREATE TRIGGER marketplace_poison BEFORE UPDATE ON marketplace_bookings WHEN NEW.status = 'active'
       BEGIN SELECT RAISE(ABORT, 'poisoned by the test'); END`,
    );
    // An agent comes and takes the job, which ends the waiting, and the marketplace cannot write that down.
    agent = await HandAgent.register(provider, [offer.id]);
    const assignment = await agent.take();
    const beating = setInterval(() => {
      const { jobId, attempt } = assignment;
      void agent.api.post(`/v1/agents/${agent.id}/heartbeat`, { attempts: [{ jobId, attempt }] });
    }, 5_000);
    try {
      await fires('DeadLetters');
      await isOver('NoAgentsOnline', 'JobsWaitLong');
      await system.database.change('DROP TRIGGER IF EXISTS marketplace_poison');
      const { items: letters } = (await admin.get('/v1/admin/dead-letters')).as<{ items: DeadLetterView[] }>(200);
      expect(letters.length).toBeGreaterThan(0);
      for (const { id } of letters.filter(({ state }) => state === 'failed')) {
        (await admin.post(`/v1/admin/dead-letters/${id}/replay`)).as(200);
      }
      await isOver('DeadLetters');
      (await agent.bring(assignment, 'done')).as(204);
    } finally {
      clearInterval(beating);
    }
  }, 400_000);

  it('nobody seals blocks, and transactions wait', async () => {
    // Whoever had the lease believes that another machine has it now.
    await system.database.change('UPDATE blockchain_leases SET holder = ?, expires_at = ?', [
      'another-machine/1/thief',
      Date.now() + 600_000,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    const body = { to: provider.wallet.address, amount: '1' };
    (await client.api.post(`/v1/wallets/${client.wallet.id}/transfers`, body)).as(202);
    await impatient('MempoolFull', { value: 0 });
    await impatient('ChainStalled', { value: 15 });
    await fires('ChainStalled', 'MempoolFull');
    await system.database.change('UPDATE blockchain_leases SET expires_at = ?', [0]);
    await isOver('MempoolFull');
    await impatient('ChainStalled', { value: 180 });
    await isOver('ChainStalled');
  }, 400_000);

  it('a process hangs: requests fail and are slow, its breaker opens, events for it grow old', async () => {
    await impatient('SlowRequests', { value: 0.5 });
    await impatient('HighErrorRate');
    await impatient('BreakerOpen');
    await impatient('OutboxOld', { value: 10 });
    const wallet = system.hosting('wallet');
    const calling = keepCalling(() => client.api.get('/v1/wallets'));
    wallet.pause();
    // Its money is for the wallet to move.
    (await client.api.post(`/v1/bookings/${booking.id}/complete`)).as(200);
    try {
      await fires('SlowRequests', 'HighErrorRate', 'BreakerOpen', 'OutboxOld');
    } finally {
      wallet.resume();
    }
    await isOver('SlowRequests', 'HighErrorRate', 'BreakerOpen', 'OutboxOld');
    await calling.stop();
  }, 400_000);

  it('the event loop of a process is late', async () => {
    await impatient('EventLoopLate');
    const wallet = system.hosting('wallet');
    let isLate = true;
    // To its event loop it is the same whether it computes or is not let run.
    const stuttering = (async () => {
      while (isLate) {
        wallet.pause();
        await new Promise((resolve) => setTimeout(resolve, 400));
        wallet.resume();
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    })();
    try {
      await fires('EventLoopLate');
    } finally {
      isLate = false;
      await stuttering;
    }
    await isOver('EventLoopLate');
  }, 400_000);

  it('all of it is on record, was delivered, and reached the people by e-mail as well', async () => {
    // The booking is paid out in the end, and with the last open one nobody misses an agent.
    type Alerts = { items: AlertView[] };
    const isTold = ({ state, notifications }: AlertView) =>
      state === 'resolved' && notifications.every((each) => each.state === 'delivered');
    const { items } = await admin.until<Alerts>(
      '/v1/admin/alerts?limit=100',
      (alerts) => alerts.items.every(isTold),
      SEEN_MS,
    );
    for (const rule of new Set(items.map((each) => each.rule))) {
      expect(mails.some((mail) => mail.includes(`] ${rule}: `) && mail.includes('[FIRING'))).toBe(true);
      expect(mails.some((mail) => mail.includes(`[RESOLVED] ${rule}: `))).toBe(true);
    }
  }, 200_000);

  async function lockedAmount(): Promise<string> {
    const [row] = await system.database.rows<{ locked_amount: string }>(
      'SELECT locked_amount FROM marketplace_bookings WHERE id = ?',
      [booking.id],
    );
    return row!.locked_amount;
  }

  /** Calls five times a second, whatever comes of it. */
  function keepCalling(call: () => Promise<unknown>): { stop: () => Promise<void> } {
    let isGoingOn = true;
    const calls = (async () => {
      const under: Promise<unknown>[] = [];
      while (isGoingOn) {
        under.push(call().catch(() => undefined));
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      await Promise.all(under);
    })();
    return {
      stop: async () => {
        isGoingOn = false;
        await calls;
      },
    };
  }
});
