import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import type { LookupAddress } from 'node:dns';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { type Received, WebhookReceiver } from '../testing/webhook-receiver.js';
import { alertmanagerPayload } from './alertmanager-payload.js';
import { Notification } from './notification.entity.js';
import { sendEmail } from './send-email.js';
import { sendWebhook, signatureOf, type Webhook } from './send-webhook.js';
import { AddressRefused, isPublic, WebhookAddresses } from './webhook-addresses.js';

const NOW = new Date('2026-01-01T00:00:00.000Z');
const notification = Notification.of(
  {
    id: '019a0000-0000-7000-8000-000000000001',
    alertId: '019a0000-0000-7000-8000-000000000002',
    rule: 'HighErrorRate',
    channel: 'on-call',
    about: 'firing',
    content: {
      summary: 'Too many requests fail',
      severity: 'critical',
      runbook: 'https://ops.example.org/errors',
      value: 0.2,
      startsAt: NOW.toISOString(),
      endsAt: null,
    },
  },
  NOW,
);
const payload = alertmanagerPayload(notification, 'https://api.example.org');

describe('a webhook', () => {
  const allowed = new WebhookAddresses(['127.0.0.1']);
  let receiver: WebhookReceiver | undefined;
  afterEach(() => receiver?.stop());

  const receive = async (answer: RequestListener) => (receiver = await WebhookReceiver.start(answer));
  const send = (webhook: Webhook, addresses = allowed, timeoutMs = 2_000) =>
    sendWebhook(webhook, payload, { addresses, id: notification.id, now: NOW, timeoutMs });

  it('brings what Alertmanager would, signed', async () => {
    const { url, received } = await receive((_request, response) => response.end()).then((it) => ({
      url: it.url(),
      received: it.received,
    }));
    expect(await send({ url, secret: 'a secret of theirs', authorization: 'Bearer of good news' })).toEqual({
      delivered: true,
    });
    const [{ method, headers, body }] = received as [Received];
    expect(method).toBe('POST');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer of good news',
      'x-aitbc-notification-id': notification.id,
      'x-aitbc-signature': `t=1767225600,v1=${signatureOf('a secret of theirs', 1_767_225_600, body)}`,
    });
    expect(JSON.parse(body)).toEqual({
      version: '4',
      groupKey: '{}:{alertname="HighErrorRate"}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'on-call',
      groupLabels: { alertname: 'HighErrorRate' },
      commonLabels: { alertname: 'HighErrorRate', service: 'aitbc', severity: 'critical' },
      commonAnnotations: {
        summary: 'Too many requests fail',
        value: '0.2',
        runbook_url: 'https://ops.example.org/errors',
      },
      externalURL: 'https://api.example.org',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'HighErrorRate', service: 'aitbc', severity: 'critical' },
          annotations: {
            summary: 'Too many requests fail',
            value: '0.2',
            runbook_url: 'https://ops.example.org/errors',
          },
          startsAt: '2026-01-01T00:00:00.000Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'https://api.example.org/v1/admin/alerts/019a0000-0000-7000-8000-000000000002',
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
        },
      ],
    });
  });

  it.each([
    [500, false],
    [503, false],
    [429, false],
    [400, true],
    [404, true],
  ])('when the receiver answers %i, says so; that another attempt is useless: %s', async (status, isFinal) => {
    const { port } = await receive((_request, response) => response.writeHead(status).end('why'));
    expect(await send({ url: `http://127.0.0.1:${port}/` })).toEqual({
      delivered: false,
      isFinal,
      error: `answered ${status}`,
    });
  });

  it('when the receiver hangs before it answers, gives up in time and leaves no connection behind', async () => {
    const hanging = await receive(() => undefined);
    const started = Date.now();
    const outcome = await send({ url: hanging.url() }, allowed, 200);
    expect(outcome).toEqual({ delivered: false, isFinal: false, error: 'no answer in time' });
    expect(Date.now() - started).toBeLessThan(2_000);
    await vi.waitFor(async () => expect(await hanging.openConnections()).toBe(0));
  });

  it('when the answer never ends, its beginning is enough', async () => {
    const endless = await receive((_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.on('close', () => clearInterval(more));
    });
    expect(await send({ url: endless.url() })).toEqual({ delivered: true });
    await vi.waitFor(async () => expect(await endless.openConnections()).toBe(0));
  });

  it('when nobody listens, says so', async () => {
    const gone = await receive((_request, response) => response.end());
    const url = gone.url();
    await gone.stop();
    expect(await send({ url })).toEqual({ delivered: false, isFinal: false, error: 'ECONNREFUSED' });
  });

  it('when the receiver redirects inside, follows it nowhere', async () => {
    const inside = await WebhookReceiver.start((_request, response) => response.end('what only this machine may know'));
    const outside = await receive((_request, response) =>
      response.writeHead(307, { location: inside.url('127.0.0.1', '/latest/meta-data') }).end(),
    );
    expect(await send({ url: outside.url() })).toEqual({
      delivered: false,
      isFinal: true,
      error: 'answered 307: redirects are not followed',
    });
    expect(inside.connections).toBe(0);
    await inside.stop();
  });

  describe('to an address that is not public', () => {
    const strict = (resolve?: ConstructorParameters<typeof WebhookAddresses>[1], list: string[] = []) =>
      new WebhookAddresses(list, resolve);
    const answering =
      (...answers: LookupAddress[][]): ConstructorParameters<typeof WebhookAddresses>[1] =>
      (_hostname, _options, done) =>
        done(null, answers.length > 1 ? answers.shift()! : answers[0]!);
    const refused = { delivered: false, isFinal: true, error: expect.stringMatching(/^refused: /) as string };

    it.each([
      ['a name of this machine', 'localhost'],
      ['an address', '127.0.0.1'],
      ['an address as a number', '2130706433'],
      ['an address in octal', '0177.0.0.1'],
      ['an address with fewer parts', '127.1'],
      ['any address of this machine', '0.0.0.0'],
      ['an address in IPv6', '[::ffff:127.0.0.1]'],
    ])('%s: is not connected to', async (_what, host) => {
      const inside = await receive((_request, response) => response.end());
      expect(await send({ url: inside.url(host) }, strict())).toEqual(refused);
      expect(inside.connections).toBe(0);
    });

    it('is not connected to when one of several addresses of a name is inside', async () => {
      const inside = await receive((_request, response) => response.end());
      const mixed = answering([
        { address: '127.0.0.1', family: 4 },
        { address: '93.184.215.14', family: 4 },
      ]);
      expect(await send({ url: inside.url('hooks.example.org') }, strict(mixed))).toEqual(refused);
      expect(inside.connections).toBe(0);
    });

    it('a name that was public when it was checked and answers otherwise at the connection gains nothing', async () => {
      const inside = await receive((_request, response) => response.end());
      const rebinding = answering([{ address: '93.184.215.14', family: 4 }], [{ address: '127.0.0.1', family: 4 }]);
      const addresses = strict(rebinding);
      await new Promise((done) => addresses.lookupFor(new URL(inside.url('rebind.example.org')))('x', {}, done));
      expect(await send({ url: inside.url('rebind.example.org') }, addresses)).toEqual(refused);
      expect(inside.connections).toBe(0);
    });

    it('is reached when the configuration lists its host, on that port only where it names one', async () => {
      const inside = await receive((_request, response) => response.end());
      const local = answering([{ address: '127.0.0.1', family: 4 }]);
      const url = inside.url('alertmanager.internal');
      expect(await send({ url }, strict(local, ['Alertmanager.internal']))).toEqual({ delivered: true });
      expect(await send({ url }, strict(local, [`alertmanager.internal:${inside.port}`]))).toEqual({ delivered: true });
      expect(await send({ url }, strict(local, ['alertmanager.internal:9093']))).toEqual(refused);
    });

    it.each(['ftp://example.org/', 'file:///etc/passwd', 'http://user:secret@example.org/', 'nonsense', 'gopher://x'])(
      '%s is no URL for a webhook',
      (url) => expect(() => strict().check(url)).toThrow(AddressRefused),
    );
  });

  it('special addresses of all kinds are not public, whatever their clothes', () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '100.100.100.200',
      '0.0.0.0',
      '255.255.255.255',
      '224.0.0.1',
      '192.0.0.192',
      '198.18.0.1',
      '240.0.0.1',
      '168.63.129.16',
      '::',
      '::1',
      'fe80::1',
      'fd00:ec2::254',
      'ff02::1',
      '::ffff:10.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
      'fec0::1',
      '100::1',
      '::127.0.0.1',
      '::7f00:1',
      '::a00:1',
      '1::1',
      '4000::1',
      '8000::1',
      '64:ff9b:1::a00:1',
      'no address',
    ]) {
      expect(isPublic(address), address).toBe(false);
    }
    for (const address of ['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:8.8.8.8']) {
      expect(isPublic(address), address).toBe(true);
    }
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(
        fc.tuple(fc.constantFrom('10', '127', '192.168', '172.16', '169.254'), octet, octet, octet),
        (all) => {
          const [prefix, ...rest] = all;
          const address = [...prefix.split('.'), ...rest].slice(0, 4).join('.');
          expect(isPublic(address)).toBe(false);
          expect(isPublic(`::ffff:${address}`)).toBe(false);
        },
      ),
    );
  });
});

describe('an e-mail', () => {
  let server: SMTPServer | undefined;
  const mails: { from: string; to: string[]; text: string }[] = [];
  afterEach(async () => {
    mails.length = 0;
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    server = undefined;
  });

  async function start(options: ConstructorParameters<typeof SMTPServer>[0] = {}): Promise<number> {
    server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      authOptional: true,
      closeTimeout: 100,
      onData: (stream, session, done) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), text });
          done();
        });
      },
      ...options,
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', () => resolve()));
    return (server.server.address() as AddressInfo).port;
  }

  const send = (smtpUrl: string, timeoutMs = 2_000) =>
    sendEmail(notification, {
      smtpUrl,
      from: 'AITBC <alerts@aitbc.example>',
      recipients: ['ada@example.org', 'grace@example.org'],
      timeoutMs,
    });

  it('reaches everybody, over a real server', async () => {
    const port = await start({
      onAuth: ({ username, password }, _session, done) =>
        username === 'aitbc' && password === 'p@ss/word'
          ? done(null, { user: username })
          : done(new Error(`no: ${password}`)),
    });
    expect(await send(`smtp://aitbc:${encodeURIComponent('p@ss/word')}@127.0.0.1:${port}`)).toEqual({
      delivered: true,
    });
    expect(mails).toMatchObject([{ from: 'alerts@aitbc.example', to: ['ada@example.org', 'grace@example.org'] }]);
    expect(mails[0]!.text).toContain('Subject: [FIRING critical] HighErrorRate: Too many requests fail');
    expect(mails[0]!.text).toContain('What to do: https://ops.example.org/errors');
    expect(mails[0]!.text).toContain(`Message-ID: <${notification.id}@alerts.aitbc>`);
  });

  it('when the server refuses the password, says so without it, though the server repeats it', async () => {
    const port = await start({
      onAuth: ({ password }, _session, done) => done(new Error(`"${password}" is not your password`)),
    });
    const outcome = await send(`smtp://aitbc:not-this-one@127.0.0.1:${port}`);
    expect(outcome).toMatchObject({ delivered: false, isFinal: false });
    expect(JSON.stringify(outcome)).toContain('is not your password');
    expect(JSON.stringify(outcome)).not.toContain('not-this-one');
  });

  it('when the server takes no recipient, says so', async () => {
    const port = await start({ onRcptTo: (_address, _session, done) => done(new Error('nobody here')) });
    expect(await send(`smtp://127.0.0.1:${port}`)).toMatchObject({ delivered: false, isFinal: false });
  });

  it('when the server is down, says so', async () => {
    const port = await start();
    await new Promise<void>((resolve) => server!.close(() => resolve()));
    server = undefined;
    expect(await send(`smtp://127.0.0.1:${port}`)).toMatchObject({
      delivered: false,
      error: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('when the server says nothing, gives up in time', async () => {
    const sockets: { destroy: () => void }[] = [];
    const silent = createTcpServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const started = Date.now();
    const outcome = await send(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`, 200);
    expect(outcome).toMatchObject({ delivered: false, isFinal: false });
    expect(Date.now() - started).toBeLessThan(2_000);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('never sends a password over a network without encryption', async () => {
    const asked = vi.fn();
    const port = await start({ onAuth: (_auth, _session, done) => done(null, asked()) });
    // Reaches this machine, but is not the loopback address.
    expect(await send(`smtp://aitbc:password@0.0.0.0:${port}`)).toMatchObject({ delivered: false });
    expect(asked).not.toHaveBeenCalled();
    expect(mails).toEqual([]);
  });
});
