import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { formatAmount } from '@aitbc/platform';
import { doNothing } from '../../src/agents/testing/sample-jobs.js';
import type { Answer } from '../support/api.js';
import type { Assignment } from '../support/hand-agent.js';
import type { Booking, Job, Offer, Person } from '../support/people.js';
import { type Company, GivenUp } from './careful-api.js';
import type { Crowd, Customer } from './clients.js';
import { Spending } from './spending.js';

/** How long a client waits for what follows by itself from what it was promised. */
const FOLLOWS_WITHIN_MS = 180_000;
const MOST_HOURS = 8_760;
const SMALLEST_TRANSFER = 10n ** 12n;

const OPEN: ReadonlySet<string> = new Set(['queued', 'assigned', 'running']);
const task = { kind: 'wasm', module: Buffer.from(doNothing()).toString('base64') };

/**
 * What all customers do at once, over and over: book and use and pay, book and cancel, take a result and cancel, want the same offer, send each
 * other money, more than they have among it, and ask again for what was done long ago. Each wish can be told from every other by what it asks for, so that its effects can be counted.
 */
export class Load {
  private readonly flows: Promise<void>[] = [];
  private readonly agents: Promise<void>[];
  private isOpen = true;
  private hasWork = true;
  private number = 0;

  constructor(
    private readonly company: Company,
    private readonly crowd: Crowd,
    /** The first number that no wish before had. */
    private readonly first: number,
  ) {
    this.agents = crowd.customers.map((customer) => this.work(customer));
    crowd.customers.forEach((customer, at) => {
      this.flows.push(this.repeat(() => this.bookOwn(customer)));
      this.flows.push(this.repeat(() => this.transfer(customer)));
      const rival = crowd.customers[at + 1];
      if (at % 2 === 0 && rival) this.flows.push(this.repeat(() => this.bookContested(customer, rival)));
    });
    const [one, other] = crowd.spenders;
    const spending = new Spending(company, one, other, () => SMALLEST_TRANSFER + BigInt(this.next()));
    this.flows.push(this.repeat(() => spending.round()));
  }

  /** Begins nothing new and resolves when everything that was begun has come to its end. @returns the next number */
  async stop(): Promise<number> {
    this.isOpen = false;
    await Promise.all(this.flows);
    this.hasWork = false;
    await Promise.all(this.agents);
    return this.first + this.number;
  }

  /** No two wishes of a run have the same. */
  private next(): number {
    return this.first + this.number++;
  }

  private async repeat(flow: () => Promise<void>): Promise<void> {
    const { random, journal } = this.company;
    while (this.isOpen) {
      try {
        await flow();
      } catch (error) {
        if (!(error instanceof GivenUp)) journal.complaints.push((error as Error).message);
      }
      await pause(random.between(100, 600));
    }
  }

  private async bookOwn(customer: Customer): Promise<void> {
    const { person } = customer;
    const booked = (await this.book(person, customer.offer)).as<Booking>(202);
    await this.funded(person, booked.id);
    const { random } = this.company;
    if (random.happens(0.3)) return this.act(person, booked.id, 'cancel');
    const takesBack = random.happens(0.4);
    await this.useIt(person, booked.id, takesBack);
    await this.act(person, booked.id, takesBack ? 'cancel' : 'complete');
  }

  /** @param inHaste whether to be content with the result, whatever else is still to be heard of the job */
  private async useIt(person: Person, bookingId: string, inHaste: boolean): Promise<void> {
    try {
      const submitted = await person.api.post('/v1/jobs', { bookingId, task: { ...task, stdin: randomUUID() } });
      const { id } = submitted.as<Job>(201);
      if (inHaste) return await this.fetchResult(person, id);
      const { status, failure } = await this.until<Job>(person, `/v1/jobs/${id}`, (job) => !OPEN.has(job.status));
      if (status !== 'completed') throw new Error(`job ${id} ${status}: ${failure?.message}`);
    } catch (error) {
      // Without a job the booking is paid all the same.
      if (!(error instanceof GivenUp)) throw error;
    }
  }

  private async fetchResult({ api }: Person, jobId: string): Promise<void> {
    for (const end = Date.now() + FOLLOWS_WITHIN_MS; ; await pause(50)) {
      const answer = await api.get(`/v1/jobs/${jobId}/result`);
      if (answer.status === 200) return;
      this.mustBe(answer, 409, 'agents.job_not_finished');
      if (Date.now() > end) throw new Error(`job ${jobId} brought no result`);
    }
  }

  /** Two want the same offer at the same moment: one gets it. */
  private async bookContested(one: Customer, other: Customer): Promise<void> {
    const both = [one, other];
    const tried = await Promise.allSettled(both.map(({ person }) => this.book(person, one.contested)));
    const won = both.flatMap(({ person }, at) => {
      const result = tried[at]!;
      if (result.status === 'rejected') {
        if (result.reason instanceof GivenUp) return [];
        throw result.reason as Error;
      }
      if (result.value.status === 202) return [{ person, booking: result.value.as<Booking>(202) }];
      this.mustBe(result.value, 409, 'marketplace.offer_unavailable');
      return [];
    });
    const gaveUp = tried.some(({ status }) => status === 'rejected');
    if (won.length !== 1 && !(gaveUp && won.length === 0)) {
      this.company.journal.complaints.push(
        `${won.length} of two who booked one offer at once were told that it is theirs`,
      );
    }
    for (const { person, booking } of won) {
      await this.funded(person, booking.id);
      await this.act(person, booking.id, 'cancel');
    }
  }

  private async transfer({ person }: Customer): Promise<void> {
    const { random } = this.company;
    const { customers, poor } = this.crowd;
    const amount = formatAmount(SMALLEST_TRANSFER + BigInt(this.next()));
    const others = customers.filter((each) => each.person.id !== person.id);
    const to = random.oneOf(others).person.wallet.address;
    if (random.happens(0.1)) {
      const answer = await poor.api.post(`/v1/wallets/${poor.wallet.id}/transfers`, { to, amount });
      this.mustBe(answer, 422, 'wallet.insufficient_funds');
    } else {
      (await person.api.post(`/v1/wallets/${person.wallet.id}/transfers`, { to, amount })).as(202);
    }
  }

  private book({ api, wallet }: Person, { id }: Offer): Promise<Answer> {
    const durationHours = 1 + (this.next() % MOST_HOURS);
    return api.post(`/v1/offers/${id}/bookings`, { walletId: wallet.id, durationHours, withoutAgent: true });
  }

  private async funded(person: Person, bookingId: string): Promise<void> {
    const { status } = await this.until<Booking>(
      person,
      `/v1/bookings/${bookingId}`,
      (booking) => booking.status !== 'requested',
    );
    if (status !== 'funded') throw new Error(`booking ${bookingId} is ${status} instead of funded`);
  }

  private async act(person: Person, bookingId: string, act: 'cancel' | 'complete'): Promise<void> {
    (await person.api.post(`/v1/bookings/${bookingId}/${act}`)).as(200);
    await this.until<Booking>(person, `/v1/bookings/${bookingId}`, ({ payout }) => payout !== null);
  }

  private until<T>({ api }: Person, path: string, done: (answer: T) => boolean): Promise<T> {
    return api.until(path, done, FOLLOWS_WITHIN_MS);
  }

  private mustBe(answer: Answer, status: number, code: string): void {
    const { refusal } = answer;
    if (refusal.status !== status || refusal.code !== code) {
      throw new Error(`${refusal.status} ${refusal.code} instead of ${status} ${code}`);
    }
  }

  /** An agent's day. What it lost hold of while somebody was away it may not deliver, and somebody tries again. */
  private async work({ agent }: Customer): Promise<void> {
    while (this.hasWork) {
      try {
        const next = await agent.api.post(`/v1/agents/${agent.id}/jobs/next`, { waitSeconds: 2 });
        if (next.status !== 200) continue;
        const assignment = next.as<Assignment>(200);
        const { jobId, attempt } = assignment;
        await agent.api.post(`/v1/agents/${agent.id}/heartbeat`, { attempts: [{ jobId, attempt }] });
        await agent.bring(assignment, `job ${jobId}`);
      } catch (error) {
        this.company.journal.complaints.push((error as Error).message);
      }
    }
  }
}
