import { printText, trap } from '../../src/agents/testing/sample-jobs.js';
import { primesModule } from '../../src/demo/primes.js';
import type { Answer } from '../support/api.js';
import { HandAgent } from '../support/hand-agent.js';
import {
  book,
  type Booking,
  type Job,
  jobEnded,
  type Offer,
  offerGpu,
  type Person,
  registerAgent,
  settled,
  submitWasm,
} from '../support/people.js';
import type { System } from '../support/system.js';

const NOBODYS_ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';

/** What was answered, in the order of asking. */
export type Protocol = { readonly step: string; readonly status: number; readonly answer: unknown }[];

/** A script with fixed inputs, one request after the other: the main job, and all the ways in which it is refused or ends. */
export async function runScenario(system: System): Promise<Protocol> {
  const script = new Script(system);
  const people = await script.enter();
  await script.mainJob(people);
  await script.failures(people);
  await script.cancellations(people);
  await script.dispute(people);
  await script.duplicates(people);
  await script.badRequests(people);
  await script.finalViews(people);
  return script.protocol;
}

interface People {
  readonly provider: Person;
  readonly client: Person;
  readonly poor: Person;
}

class Script {
  readonly protocol: Protocol = [];

  constructor(private readonly system: System) {}

  async enter(): Promise<People> {
    const provider = await this.system.person('provider');
    const client = await this.system.person('client');
    const poor = await this.system.person('poor');
    for (const [name, { api, wallet }] of Object.entries({ provider, client, poor })) {
      await this.note(`${name} is`, api.get('/v1/auth/me'));
      await this.note(`${name} has`, api.get(`/v1/wallets/${wallet.id}`));
    }
    await this.note('faucet', client.api.post(`/v1/wallets/${client.wallet.id}/faucet`));
    const isThere = ({ balance }: { balance: string }) => balance !== '0';
    await client.api.until(`/v1/wallets/${client.wallet.id}`, isThere);
    return { provider, client, poor };
  }

  async mainJob({ provider, client }: People): Promise<void> {
    const offer = await this.offer('offer', provider, '12.5');
    const agent = await registerAgent(provider, [offer.id]);
    // Later, whether it is online is a question of time.
    await this.note('agent', provider.api.get(`/v1/agents/${agent.id}`));
    const daemon = this.system.startAgent(agent.token, 'daemon');
    const booking = await this.funded('booking', client, offer, 2);
    const { id } = (await this.note('job', submitWasm(client, booking.id, primesModule))).as<Job>(201);
    await jobEnded(client, id);
    await this.counted(client, booking, 1);
    for (const what of ['', '/result', '/receipt'])
      await this.note(`job${what} after`, client.api.get(`/v1/jobs/${id}${what}`));
    await this.note('complete', client.api.post(`/v1/bookings/${booking.id}/complete`));
    await this.paid('main job', client, booking);
    await this.note('complete twice', client.api.post(`/v1/bookings/${booking.id}/complete`));
    await daemon.stop();
  }

  async failures({ provider, client, poor }: People): Promise<void> {
    const offer = await this.offer('offer for failures', provider, '1');
    await this.note('book with too little', book(poor, offer));
    await this.note('book with a foreign wallet', book({ ...poor, wallet: client.wallet }, offer));
    const { token } = await registerAgent(provider, [offer.id]);
    const daemon = this.system.startAgent(token, 'failing', { AITBC_AGENT_JOB_MEMORY_MIB: '64' });
    const booking = await this.funded('booking for failures', client, offer);
    await this.note('book what is taken', book(client, offer));
    for (const [what, module] of Object.entries({ trap: trap(), text: printText('fixed') })) {
      const { id } = (await this.note(`job ${what}`, submitWasm(client, booking.id, module))).as<Job>(201);
      await jobEnded(client, id);
      await this.note(`job ${what} after`, client.api.get(`/v1/jobs/${id}`));
      await this.note(`result of ${what}`, client.api.get(`/v1/jobs/${id}/result`));
    }
    await this.note('no module', submitWasm(client, booking.id, Uint8Array.of(1, 2, 3, 4, 5, 6)));
    await this.counted(client, booking, 2);
    await this.note('complete after failures', client.api.post(`/v1/bookings/${booking.id}/complete`));
    await this.paid('failures', client, booking);
    await daemon.stop();
  }

  async cancellations({ provider, client }: People): Promise<void> {
    const offer = await this.offer('offer to cancel', provider, '3');
    const booking = await this.funded('booking to cancel', client, offer);
    await this.note('provider cancels', provider.api.post(`/v1/bookings/${booking.id}/cancel`));
    await this.note('client cancels', client.api.post(`/v1/bookings/${booking.id}/cancel`));
    await this.paid('cancelled', client, booking);
    await this.note('job of a cancelled booking', submitWasm(client, booking.id, printText('never')));
    const agent = await HandAgent.register(provider, [offer.id]);
    const active = await this.funded('booking to end early', client, offer, 3);
    const first = (await this.note('job to cancel', submitWasm(client, active.id, printText('late')))).as<Job>(201);
    const assignment = await agent.take();
    await client.api.until<Booking>(`/v1/bookings/${active.id}`, ({ status }) => status === 'active');
    await this.note('job cancelled', client.api.post(`/v1/jobs/${first.id}/cancel`));
    await this.note('late result', agent.bring(assignment, 'late'));
    await this.note('active booking cancelled', client.api.post(`/v1/bookings/${active.id}/cancel`));
    await this.paid('ended early', client, active);
    await this.note('offer withdrawn', provider.api.post(`/v1/offers/${offer.id}/cancel`));
    await this.note('book what is withdrawn', book(client, offer));
  }

  async dispute({ provider, client }: People): Promise<void> {
    const offer = await this.offer('offer in dispute', provider, '8');
    const agent = await HandAgent.register(provider, [offer.id]);
    const booking = await this.funded('booking in dispute', client, offer);
    const path = `/v1/bookings/${booking.id}`;
    (await this.note('job in dispute', submitWasm(client, booking.id, printText('done')))).as(201);
    const assignment = await agent.take();
    await this.note('result', agent.bring(assignment, 'done'));
    await this.note('another result', agent.bring(assignment, 'something else'));
    await this.counted(client, booking, 1);
    await this.note('dispute', client.api.post(`${path}/dispute`, { reason: 'It was the wrong answer.' }));
    await this.note('complete in dispute', client.api.post(`${path}/complete`));
    const decision = `/v1/admin${path.slice('/v1'.length)}/decision`;
    await this.note('decide without the right to', client.api.post(decision, { providerShare: 0 }));
    const admin = await this.system.admin();
    await this.note('decide too much', admin.post(decision, { providerGross: '8.1' }));
    await this.note('decide', admin.post(decision, { providerShare: 2500 }));
    await this.paid('dispute', client, booking);
  }

  async duplicates({ provider, client }: People): Promise<void> {
    const twice = async (step: string, send: (headers: Record<string, string>) => Promise<Answer>) => {
      const headers = { 'idempotency-key': `parity-${step.replaceAll(' ', '-')}` };
      const first = await this.note(step, send(headers));
      await this.note(`${step} again`, send(headers));
      return first;
    };
    const transfers = `/v1/wallets/${client.wallet.id}/transfers`;
    const body = { to: provider.wallet.address, amount: '1.25' };
    await twice('transfer', (headers) => client.api.post(transfers, body, headers));
    const other = { ...body, amount: '2' };
    await this.note(
      'transfer of another amount',
      client.api.post(transfers, other, { 'idempotency-key': 'parity-transfer' }),
    );
    type Transfers = { items: { status: string }[] };
    await client.api.until<Transfers>(transfers, ({ items }) => items[0]?.status === 'confirmed');
    const offer = await this.offer('offer booked twice', provider, '2');
    const booking = { walletId: client.wallet.id, durationHours: 1, withoutAgent: true };
    const path = `/v1/offers/${offer.id}/bookings`;
    const booked = (await twice('same booking', (headers) => client.api.post(path, booking, headers))).as<Booking>(202);
    await client.api.until<Booking>(`/v1/bookings/${booked.id}`, ({ status }) => status === 'funded');
    await twice('same cancellation', (headers) => client.api.post(`/v1/bookings/${booked.id}/cancel`, {}, headers));
    await this.paid('booked twice', client, booked);
    await this.note(
      'registered again',
      this.system.api.post('/v1/auth/register', { email: client.email, password: client.password }),
    );
  }

  async badRequests({ client }: People): Promise<void> {
    const { api, wallet } = client;
    const transfers = `/v1/wallets/${wallet.id}/transfers`;
    await this.note('no token', this.system.api.get('/v1/wallets'));
    await this.note('a wrong token', this.system.api.as('garbage').get('/v1/wallets'));
    await this.note(
      'wrong password',
      this.system.api.post('/v1/auth/login', { email: client.email, password: 'not this one' }),
    );
    await this.note('malformed', api.send('POST', '/v1/offers', { raw: '{"gpuModel":' }));
    await this.note(
      'unknown field',
      api.post('/v1/wallets', { name: 'x', password: 'long enough, and odd', owner: client.id }),
    );
    await this.note('negative amount', api.post(transfers, { to: wallet.address, amount: '-1' }));
    await this.note('no address', api.post(transfers, { to: '0x12', amount: '1' }));
    await this.note('too much', api.post(transfers, { to: wallet.address, amount: '1000000' }));
    await this.note(
      'no such offer',
      api.post(`/v1/offers/${NOBODYS_ID}/bookings`, { walletId: wallet.id, durationHours: 1 }),
    );
    await this.note('no id', api.get('/v1/bookings/seven'));
    await this.note('no such route', api.get('/v1/nothing'));
    await this.note('no such transaction', api.get(`/v1/chain/transactions/0x${'ab'.repeat(32)}`));
    await this.note('no such method', api.post('/rpc', { jsonrpc: '2.0', id: 1, method: 'eth_no', params: [] }));
    await this.note('not an administrator', api.get('/v1/admin/overview'));
  }

  async finalViews({ provider, client, poor }: People): Promise<void> {
    for (const [name, { api, wallet }] of Object.entries({ provider, client, poor })) {
      for (const list of ['offers', 'bookings', 'jobs']) {
        await this.note(`${list} of ${name}`, api.get(`/v1/${list}?limit=100`));
      }
      await this.note(`transfers of ${name}`, api.get(`/v1/wallets/${wallet.id}/transfers?limit=100`));
      await this.note(`ledger of ${name}`, api.get(`/v1/wallets/${wallet.id}/ledger?limit=100`));
    }
    await this.note('openapi', this.system.api.get('/openapi.json'));
    await this.note('dead letters', (await this.system.admin()).get('/v1/admin/dead-letters'));
  }

  private async offer(step: string, provider: Person, price: string): Promise<Offer> {
    const offer = await offerGpu(provider, price);
    await this.note(step, provider.api.get(`/v1/offers/${offer.id}`));
    return offer;
  }

  private async funded(step: string, client: Person, offer: Offer, hours?: number): Promise<Booking> {
    const { id } = (await this.note(step, book(client, offer, hours))).as<Booking>(202);
    const path = `/v1/bookings/${id}`;
    await client.api.until<Booking>(path, ({ status }) => status !== 'requested');
    return (await this.note(`${step} funded`, client.api.get(path))).as<Booking>(200);
  }

  /** Waits until the booking has heard of its jobs, which it does a little later. */
  private async counted(client: Person, { id }: Booking, completed: number): Promise<void> {
    await client.api.until<Booking>(`/v1/bookings/${id}`, ({ jobsCompleted }) => jobsCompleted === completed);
  }

  private async paid(step: string, client: Person, { id }: Booking): Promise<void> {
    await settled(client, id);
    await this.note(`${step} paid`, client.api.get(`/v1/bookings/${id}`));
  }

  private async note(step: string, asked: Promise<Answer>): Promise<Answer> {
    const answer = await asked;
    this.protocol.push({ step, status: answer.status, answer: answer.json });
    return answer;
  }
}
