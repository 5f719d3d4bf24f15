import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatAmount, MODULES, parseAmount } from '@aitbc/platform';
import { primesModule } from '../../src/demo/primes.js';
import type { SignedReceipt } from '../../src/agents/receipts/receipt.js';
import { audit } from '../support/audit.js';
import { built } from '../support/built-application.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { OtlpReceiver, type ReceivedSpan } from '../support/otlp-receiver.js';
import {
  balanceOf,
  book,
  type Booking,
  fund,
  type Job,
  jobEnded,
  type Offer,
  offerGpu,
  type Person,
  registerAgent,
  submitWasm,
} from '../support/people.js';
import { secretProblems, secretsOf } from '../support/log-audit.js';
import { System } from '../support/system.js';

const PRICE = '12.5';
const HOURS = 2;
const TOTAL = '25';
const PROVIDERS_PART = '24.375';
const FEE = '0.625';

interface Trace {
  spans: { name: string; kind: string; failed: boolean; links: string[]; depth: number; selfMs: number }[];
}

describe('the main job', () => {
  const traceId = randomBytes(16).toString('hex');
  const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
  let receiver: OtlpReceiver;
  let system: System;
  let provider: Person;
  let client: Person;
  let offer: Offer;
  let booking: Booking;
  let job: Job;
  let result: { exitCode: number; stdout: string; stderr: string };
  let receipt: SignedReceipt;
  let submitTrace: string;
  let completeTrace: string;

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    system = await System.start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  }, 120_000);
  afterAll(async () => {
    await system?.dispose();
    await receiver?.stop();
  });

  it('provider and client enter, each with a wallet; the faucet gives the client 100 AIT', async () => {
    [provider, client] = await Promise.all([system.person('provider'), system.person('client')]);
    await fund(client);
    expect(await balanceOf(client)).toBe('100');
    expect(await balanceOf(provider)).toBe('0');
  }, 60_000);

  it('the provider offers a GPU, which the client finds by model, region and price', async () => {
    offer = await offerGpu(provider, PRICE);
    expect(offer).toMatchObject({ status: 'available', pricePerHour: PRICE, providerAddress: provider.wallet.address });
    const query = 'status=available&gpuModel=a100&region=eu-central&maxPricePerHour=12.5&sort=pricePerHour';
    const { items } = (await client.api.get(`/v1/offers?${query}`)).as<{ items: Offer[] }>(200);
    expect(items.map(({ id }) => id)).toEqual([offer.id]);
  });

  it('the provider runs an agent beside it, which is online soon', async () => {
    const { id, token } = await registerAgent(provider, [offer.id]);
    system.startAgent(token, 'rack-12');
    const isOnline = ({ status, publicKey }: { status: string; publicKey: string | null }) =>
      status === 'online' && publicKey !== null;
    await provider.api.until(`/v1/agents/${id}`, isOnline);
  }, 60_000);

  it('the client books it: the offer is reserved, and no money has moved yet', async () => {
    const traced = { ...client, api: client.api.with({ traceparent }) };
    const answer = await book(traced, offer, HOURS);
    expect(answer.headers.get('x-trace-id')).toBe(traceId);
    booking = answer.as<Booking>(202);
    expect(booking).toMatchObject({
      offerId: offer.id,
      status: 'requested',
      total: TOTAL,
      clientAddress: client.wallet.address,
      providerAddress: provider.wallet.address,
      payout: null,
      lock: null,
      escrow: { lockTransaction: null, releaseTransaction: null },
    });
    const { status } = (await client.api.get(`/v1/offers/${offer.id}`)).as<Offer>(200);
    expect(status).toBe('reserved');
  });

  it('the escrow on the chain holds the price, taken from the client', async () => {
    booking = await client.api.until<Booking>(`/v1/bookings/${booking.id}`, ({ status }) => status !== 'requested');
    expect(booking.status).toBe('funded');
    const lock = await chainTransaction(booking.escrow.lockTransaction);
    expect(lock).toMatchObject({
      status: 'succeeded',
      from: client.wallet.address,
      to: booking.escrow.address,
      value: TOTAL,
    });
    expect(await chainBalance(booking.escrow.address)).toBe(TOTAL);
    const left = parseAmount('100')! - parseAmount(TOTAL)! - parseAmount(lock.fee)!;
    expect(await balanceOf(client)).toBe(formatAmount(left));
  }, 60_000);

  it('the client submits a job, which the agent completes at the first attempt', async () => {
    const answer = await submitWasm(client, booking.id, primesModule);
    submitTrace = answer.headers.get('x-trace-id')!;
    const { id } = answer.as<Job>(201);
    job = await jobEnded(client, id);
    expect(job).toMatchObject({ status: 'completed', failure: null, attempts: [{ number: 1, status: 'completed' }] });
    result = (await client.api.get(`/v1/jobs/${id}/result`)).as(200);
    expect(result).toEqual({ exitCode: 0, stdout: '9592 primes below 100000\n', stderr: '' });
    booking = await client.api.until<Booking>(`/v1/bookings/${booking.id}`, ({ jobsCompleted }) => jobsCompleted === 1);
    expect(booking).toMatchObject({ status: 'active', jobsTried: 1 });
  }, 90_000);

  it('client and provider get the same receipt, signed by agent and platform', async () => {
    receipt = (await client.api.get(`/v1/jobs/${job.id}/receipt`)).as<SignedReceipt>(200);
    expect((await provider.api.get(`/v1/jobs/${job.id}/receipt`)).as(200)).toEqual(receipt);
    expect(receipt.receipt).toMatchObject({
      version: 1,
      jobId: job.id,
      bookingId: booking.id,
      client: client.wallet.address,
      provider: provider.wallet.address,
      agentId: job.attempts[0]!.agentId,
      kind: 'wasm',
      unitType: 'millisecond',
    });
  });

  it('the receipt is verified offline; an altered one and a foreign result are refused', async () => {
    const arbiter = receipt.platformAddress;
    const files = {
      good: write('receipt.json', receipt),
      result: write('result.json', result),
      dearer: write('dearer.json', { ...receipt, receipt: { ...receipt.receipt, units: receipt.receipt.units + 1 } }),
      otherResult: write('other-result.json', { ...result, stdout: '9593 primes below 100000\n' }),
    };
    const good = await verifyReceipt(files.good, '--platform', arbiter, '--result', files.result);
    expect(good).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^VALID/) });
    expect(await verifyReceipt(files.dearer)).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/INVALID.*agent did not sign/s),
    });
    expect(await verifyReceipt(files.good, '--result', files.otherResult)).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/INVALID.*hash differs/s),
    });
    expect(await verifyReceipt(files.good, '--platform', client.wallet.address)).toMatchObject({ exitCode: 1 });
  }, 60_000);

  it('the client is content: the escrow pays the provider less the fee, once', async () => {
    const answer = await client.api.post(`/v1/bookings/${booking.id}/complete`);
    completeTrace = answer.headers.get('x-trace-id')!;
    expect(answer.as<Booking>(200).status).toBe('settling');
    booking = await client.api.until<Booking>(`/v1/bookings/${booking.id}`, ({ status }) => status === 'settled');
    expect(booking.payout).toEqual({ toProvider: PROVIDERS_PART, toTreasury: FEE, toClient: '0' });
    const release = await chainTransaction(booking.escrow.releaseTransaction);
    expect(release).toMatchObject({ status: 'succeeded', to: booking.escrow.address, value: '0' });
    expect(await chainBalance(booking.escrow.address)).toBe('0');
    expect(await chainBalance(provider.wallet.address)).toBe(PROVIDERS_PART);
    expect((await client.api.get(`/v1/offers/${offer.id}`)).as<Offer>(200).status).toBe('available');
    expect((await client.api.post(`/v1/bookings/${booking.id}/complete`)).refusal).toMatchObject({
      status: 409,
      code: 'marketplace.booking_action_not_possible',
    });
  }, 60_000);

  it("the provider's ledger has the payment as its only entry, and the client's ends at the client's balance", async () => {
    type Ledger = { items: { sequence: number; kind: string; amount: string; balance: string }[]; nextCursor: null };
    const earned = await provider.api.until<Ledger>(
      `/v1/wallets/${provider.wallet.id}/ledger`,
      ({ items }) => items.length > 0,
    );
    expect(earned.items).toMatchObject([
      {
        sequence: 1,
        kind: 'internal',
        amount: PROVIDERS_PART,
        balance: PROVIDERS_PART,
        counterparty: booking.escrow.address,
        transactionHash: booking.escrow.releaseTransaction,
      },
    ]);
    const spent = (await client.api.get(`/v1/wallets/${client.wallet.id}/ledger`)).as<Ledger>(200);
    expect(spent.items.map(({ kind, amount }) => (kind === 'fee' ? kind : `${kind} ${amount}`))).toEqual([
      `transfer -${TOTAL}`,
      'fee',
      'transfer 100',
    ]);
    expect(spent.items[0]!.balance).toBe(await balanceOf(client));
  }, 60_000);

  it('one trace shows it all: request, command, events, chain, agent and settlement', async () => {
    const admin = await system.admin();
    const { spans } = await admin.until<Trace>(`/v1/admin/traces/${traceId}`, ({ spans }) =>
      spans.some(({ name }) => name === 'event wallet.EscrowSettled RecordSettlement'),
    );
    expect(spans.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      expect.arrayContaining([
        'server POST /v1/offers/:id/bookings',
        'internal command marketplace.BookOffer',
        'client COMMIT marketplace',
        'consumer event marketplace.BookingRequested LockEscrow',
        'internal command blockchain.SubmitTransaction',
        'internal transaction waits for its block',
        'consumer event wallet.EscrowLocked FundBooking',
        'consumer event agents.JobAssigned ActivateBooking',
        'internal agent executes wasm',
        'server POST /v1/jobs/:id/attempts/:n/result',
        'internal command agents.SubmitResult',
        'internal command wallet.CountersignReceipt',
        'consumer event marketplace.SettlementDue SettleEscrow',
        'consumer event wallet.EscrowSettled RecordSettlement',
      ]),
    );
    // Once for the lock, once for the settlement.
    expect(spans.filter(({ name }) => name === 'command blockchain.SubmitTransaction')).toHaveLength(2);
    expect(spans.filter(({ failed }) => failed)).toEqual([]);
  }, 90_000);

  it('it is found by the booking it is about, after it has left the memory of the processes, too', async () => {
    const admin = await system.admin();
    type Found = { items: { traceId: string; name: string; status: string }[] };
    const isFound = ({ items }: Found) => items.some((each) => each.traceId === traceId);
    const { items } = await admin.until<Found>(`/v1/admin/traces?about=${booking.id}&name=/bookings`, isFound);
    expect(items.find((each) => each.traceId === traceId)).toMatchObject({
      name: 'POST /v1/offers/:id/bookings',
      status: 'ok',
    });
  }, 90_000);

  it('a receiver of OTLP has got it all, by the conventions, each span with its cause', async () => {
    const ends = (spans: ReceivedSpan[]) =>
      spans.some(({ name }) => name === 'event wallet.EscrowSettled RecordSettlement');
    await vi.waitFor(() => expect(ends(receiver.of(traceId))).toBe(true), { timeout: 20_000, interval: 100 });
    const spans = receiver.of(traceId);
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const way = (name: string): string[] => {
      const found: string[] = [];
      for (let span = spans.find((each) => each.name === name); span; span = byId.get(span.parentSpanId)) {
        // Between processes, and only there, what is on its way has a span of its own.
        if (!span.name.startsWith('send ')) found.unshift(span.name);
      }
      return found;
    };
    expect(way('transaction waits for its block')).toEqual([
      'POST /v1/offers/:id/bookings',
      'command marketplace.BookOffer',
      'event marketplace.BookingRequested LockEscrow',
      'event wallet.TransactionSigned SubmitSignedTransaction',
      'command blockchain.SubmitTransaction',
      'transaction waits for its block',
    ]);
    const named = (name: string) => spans.find((each) => each.name === name)!;
    expect(named('POST /v1/offers/:id/bookings')).toMatchObject({
      kind: 'server',
      parentSpanId: traceparent.split('-')[2],
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/offers/:id/bookings',
        'http.response.status_code': 202,
        'url.scheme': 'http',
      },
      resource: {
        'service.name': 'aitbc',
        'service.version': expect.stringMatching(/^\d+\./),
        'service.instance.id': expect.stringContaining('-'),
        'deployment.environment.name': expect.any(String),
      },
    });
    expect(named('COMMIT marketplace')).toMatchObject({
      kind: 'client',
      attributes: { 'db.operation.name': 'COMMIT', 'db.system.name': expect.stringMatching(/^(sqlite|postgresql)$/) },
    });
    expect(named('event marketplace.BookingRequested LockEscrow')).toMatchObject({
      kind: 'consumer',
      attributes: {
        'messaging.destination.name': 'wallet/events',
        'messaging.operation.type': 'process',
        'messaging.message.id': expect.any(String),
        'modulith.event.key': booking.id,
      },
    });
    const [sealing] = named('transaction waits for its block').links;
    await vi.waitFor(() => expect(receiver.of(sealing!).map(({ name }) => name)).toContain('seal block'), 10_000);
    expect(receiver.of(sealing!).find(({ name }) => name === 'seal block')!.links).toContain(traceId);
    // Each process sends its own part; that of monitoring, which tells the parties, may come last.
    const involved = new Set(MODULES.map((each) => system.hosting(each)));
    await vi.waitFor(() => {
      const senders = new Set(receiver.of(traceId).map(({ resource }) => resource['service.instance.id']));
      expect(senders.size).toBe(involved.size);
    }, 10_000);
    if (system.hosting('marketplace') !== system.hosting('wallet')) {
      expect(named('send marketplace.BookingRequested')).toMatchObject({
        kind: 'producer',
        attributes: { 'messaging.system': 'redis', 'messaging.destination.name': 'wallet/events' },
      });
    }
  }, 30_000);

  it('the receiver has got no secret', async () => {
    const sent = Buffer.concat(receiver.bodies).toString('latin1');
    expect(sent).toContain('http.route');
    expect(secretProblems('the receiver', sent, await secretsOf(system))).toEqual([]);
  });

  it('the later requests of the client link to that trace', async () => {
    const admin = await system.admin();
    for (const later of [submitTrace, completeTrace]) {
      const isLinked = ({ spans }: Trace) => spans.some(({ links }) => links.includes(traceId));
      expect(isLinked((await admin.get(`/v1/admin/traces/${later}`)).as<Trace>(200))).toBe(true);
    }
  });

  it.each([
    ['a ledger', 'wallet_ledger_entries', 'balance', /does not add up/],
    ['a payment', 'marketplace_bookings', 'to_client', /paid .* not/],
    ['what was decided', 'marketplace_bookings', 'provider_gross', /another part than was decided/],
    ['what was told', 'marketplace_bookings', 'total', /has another total/],
  ])(
    'the audit notices when somebody has changed %s',
    async (_what, table, column, complaint) => {
      const [row] = await system.database.rows<{ value: string }>(`SELECT ${column} AS value FROM ${table}`);
      const replace = (old: string, value: string) =>
        system.database.change(`UPDATE ${table} SET ${column} = ? WHERE ${column} = ?`, [value, old]);
      const changed = (BigInt(row!.value) + 1n).toString().padStart(row!.value.length, '0');
      await replace(row!.value, changed);
      const problems = await audit(system);
      await replace(changed, row!.value);
      expect(problems.join('\n')).toMatch(complaint);
    },
    90_000,
  );

  describeClosingAudit(() => system);

  async function chainTransaction(hash: string | null) {
    type Transaction = { status: string; from: string; to: string; value: string; fee: string };
    return (await system.api.get(`/v1/chain/transactions/${hash}`)).as<Transaction>(200);
  }

  async function chainBalance(address: string): Promise<string> {
    return (await system.api.get(`/v1/chain/accounts/${address}`)).as<{ balance: string }>(200).balance;
  }

  function write(name: string, content: unknown): string {
    const path = join(system.directory, name);
    writeFileSync(path, JSON.stringify(content));
    return path;
  }
});

/** Runs what `npm run verify-receipt` runs. */
async function verifyReceipt(...args: string[]): Promise<{ exitCode: number; output: string }> {
  try {
    const command = [join(built, 'agents', 'verify-receipt.js'), ...args];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command);
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, output: stdout + stderr };
  }
}
