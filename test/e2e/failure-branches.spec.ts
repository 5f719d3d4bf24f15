import { createHmac } from 'node:crypto';
import { doNothing } from '../../src/agents/testing/sample-jobs.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { HandAgent } from '../support/hand-agent.js';
import {
  balanceOf,
  book,
  bookFunded,
  type Booking,
  fund,
  type Offer,
  offerGpu,
  type Person,
  settled,
  submitWasm,
} from '../support/people.js';
import { refused } from '../support/refused.js';
import { System } from '../support/system.js';

const NOBODYS_ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';

describe('where the main job branches off', () => {
  let system: System;
  let provider: Person;
  let client: Person;
  let rival: Person;

  beforeAll(async () => {
    system = await System.start();
    [provider, client, rival] = await Promise.all([
      system.person('provider'),
      system.person('client'),
      system.person('rival'),
    ]);
    await Promise.all([fund(client), fund(rival)]);
  }, 180_000);
  afterAll(() => system?.dispose());

  describe('signing in', () => {
    it('a wrong password and an unknown email are the same refusal', async () => {
      const wrong = await system.api.post('/v1/auth/login', { email: client.email, password: 'not this one, sorry' });
      const unknown = await system.api.post('/v1/auth/login', { email: 'x@example.org', password: 'not this, sorry' });
      expect(wrong.refusal).toEqual(refused(401, 'gateway.wrong_credentials'));
      expect(unknown.refusal).toEqual(wrong.refusal);
    }, 60_000);

    it('an email that is taken and a password that is easy to guess are refused', async () => {
      const taken = { email: client.email.toUpperCase(), password: 'another fine password' };
      expect((await system.api.post('/v1/auth/register', taken)).refusal).toEqual(refused(409, 'gateway.email_taken'));
      const easy = { email: 'new@example.org', password: 'aaaaaaaaaaaaaaaa' };
      expect((await system.api.post('/v1/auth/register', easy)).refusal).toEqual(
        refused(400, 'validation_failed', 'password'),
      );
    }, 60_000);

    it('garbage, and tokens that nobody here has signed, are refused', async () => {
      const [header, , signature] = client.api.token.split('.');
      const claims = { sub: client.id, roles: ['admin'], exp: 4_000_000_000 };
      const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`;
      for (const token of ['garbage', 'a.b.c', forged, unsigned]) {
        const answer = await system.api.as(token).get('/v1/auth/me');
        expect(answer.refusal, token).toEqual(refused(401, 'gateway.invalid_token'));
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    });

    it('an access token whose time is over is told apart from garbage', async () => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const claims = { sub: client.id, roles: ['user'], iss: 'aitbc', aud: 'aitbc-api', iat: 1, exp: 2 };
      const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
      const signature = createHmac('sha256', system.serverSecret('jwt-secret')).update(signed).digest('base64url');
      const answer = await system.api.as(`${signed}.${signature}`).get('/v1/auth/me');
      expect(answer.refusal).toEqual(refused(401, 'gateway.token_expired'));
    });

    it('a refresh token works once; when it comes again, its whole family is over', async () => {
      type Session = { refreshToken: string };
      const { email, password } = rival;
      const first = (await system.api.post('/v1/auth/login', { email, password })).as<Session>(200);
      const { refreshToken } = first;
      const second = (await system.api.post('/v1/auth/refresh', { refreshToken })).as<Session>(200);
      expect((await system.api.post('/v1/auth/refresh', { refreshToken })).refusal).toEqual(
        refused(401, 'gateway.refresh_token_reused'),
      );
      const after = await system.api.post('/v1/auth/refresh', { refreshToken: second.refreshToken });
      expect(after.refusal.status).toBe(401);
    }, 60_000);
  });

  describe('wallets', () => {
    it('a wrong password does not unlock', async () => {
      const { wallet, api } = await lockedCopyOf(client);
      expect((await api.post(`/v1/wallets/${wallet.id}/unlock`, { password: 'not this one' })).refusal).toEqual(
        refused(403, 'wallet.wrong_password'),
      );
    }, 60_000);

    it("somebody else's wallet does not exist", async () => {
      const { id } = client.wallet;
      const to = rival.wallet.address;
      for (const answer of [
        await rival.api.get(`/v1/wallets/${id}`),
        await rival.api.post(`/v1/wallets/${id}/unlock`, { password: client.password }),
        await rival.api.post(`/v1/wallets/${id}/transfers`, { to, amount: '1' }),
        await rival.api.get(`/v1/wallets/${id}/ledger`),
      ]) {
        expect(answer.refusal).toEqual(refused(404, 'wallet.not_found'));
      }
    }, 60_000);

    it('a locked wallet signs nothing', async () => {
      const { wallet, api } = await lockedCopyOf(client);
      const to = rival.wallet.address;
      expect((await api.post(`/v1/wallets/${wallet.id}/transfers`, { to, amount: '1' })).refusal).toEqual(
        refused(409, 'wallet.locked'),
      );
      const offer = await offerGpu(provider);
      expect((await book({ ...client, wallet }, offer)).refusal).toEqual(refused(409, 'wallet.locked'));
      await expectAvailable(offer);
    }, 60_000);

    it('who has too little neither sends nor books, and the offer stays available', async () => {
      const to = client.wallet.address;
      const { id } = provider.wallet;
      expect((await provider.api.post(`/v1/wallets/${id}/transfers`, { to, amount: '1' })).refusal).toEqual(
        refused(422, 'wallet.insufficient_funds'),
      );
      // The price alone could be paid; price and gas cannot.
      const offer = await offerGpu(provider, await balanceOf(client));
      expect((await book(client, offer)).refusal).toEqual(refused(422, 'wallet.insufficient_funds'));
      await expectAvailable(offer);
      const { items } = (await client.api.get('/v1/bookings')).as<{ items: Booking[] }>(200);
      expect(items.filter(({ offerId }) => offerId === offer.id)).toEqual([]);
    }, 60_000);

    it('amounts and addresses that are none are refused by name', async () => {
      const path = `/v1/wallets/${client.wallet.id}/transfers`;
      const to = rival.wallet.address;
      for (const amount of ['0', '-1', '1e3', '0.0000000000000000001', 1, null, '1,5', '']) {
        const answer = await client.api.post(path, { to, amount });
        expect(answer.refusal, String(amount)).toEqual(refused(400, 'validation_failed', 'amount'));
      }
      for (const wrong of ['0x12', to.replace(/[a-f]/i, flipCase), 7]) {
        const answer = await client.api.post(path, { to: wrong, amount: '1' });
        expect(answer.refusal, String(wrong)).toEqual(refused(400, 'validation_failed', 'to'));
      }
    });
  });

  describe('booking', () => {
    it('when two book at once, one wins and the other keeps the money', async () => {
      const offer = await offerGpu(provider, '1');
      const answers = await Promise.all([book(client, offer), book(rival, offer)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
      const loser = answers.find(({ status }) => status === 409)!;
      expect(loser.refusal).toEqual(refused(409, 'marketplace.offer_unavailable'));
      const winner = answers[0]!.status === 202 ? client : rival;
      const { id } = answers.find(({ status }) => status === 202)!.as<Booking>(202);
      await winner.api.until<Booking>(`/v1/bookings/${id}`, ({ status }) => status === 'funded');
      expect((await book(client, offer)).refusal).toEqual(refused(409, 'marketplace.offer_unavailable'));
      expect((await provider.api.post(`/v1/offers/${offer.id}/cancel`)).refusal).toEqual(
        refused(409, 'marketplace.offer_not_cancellable'),
      );
      (await winner.api.post(`/v1/bookings/${id}/cancel`)).as(200);
      await settled(winner, id);
    }, 90_000);

    it('an offer that is unknown or delisted is not booked', async () => {
      const unknown = await client.api.post(`/v1/offers/${NOBODYS_ID}/bookings`, {
        walletId: client.wallet.id,
        durationHours: 1,
      });
      expect(unknown.refusal).toEqual(refused(404, 'marketplace.offer_not_found'));
      const offer = await offerGpu(provider);
      (await provider.api.post(`/v1/offers/${offer.id}/cancel`)).as(200);
      expect((await book(client, offer)).refusal).toEqual(refused(409, 'marketplace.offer_unavailable'));
    });

    it("nobody books with somebody else's wallet, or for hours that are none", async () => {
      const offer = await offerGpu(provider);
      const path = `/v1/offers/${offer.id}/bookings`;
      const away = await client.api.post(path, { walletId: client.wallet.id, durationHours: 1 });
      expect(away.refusal).toEqual(refused(409, 'marketplace.agents_away', 'withoutAgent'));
      const foreign = await client.api.post(path, {
        walletId: rival.wallet.id,
        durationHours: 1,
        withoutAgent: true,
      });
      expect(foreign.refusal).toEqual(refused(404, 'wallet.not_found'));
      for (const durationHours of [0, -1, 1.5, 8761, '1', null, undefined]) {
        const answer = await client.api.post(path, { walletId: client.wallet.id, durationHours });
        expect(answer.refusal, String(durationHours)).toEqual(refused(400, 'validation_failed', 'durationHours'));
      }
      const both = { walletId: client.wallet.id, clientAddress: client.wallet.address, durationHours: 1 };
      expect((await client.api.post(path, both)).refusal).toEqual(refused(400, 'validation_failed', 'walletId'));
      expect((await client.api.post(path, { durationHours: 1 })).refusal).toEqual(
        refused(400, 'validation_failed', 'walletId'),
      );
      await expectAvailable(offer);
    });

    it('a funded booking that is cancelled gives all the money back', async () => {
      const offer = await offerGpu(provider, '3');
      const booking = await bookFunded(client, offer);
      expect((await provider.api.post(`/v1/bookings/${booking.id}/cancel`)).refusal).toEqual(
        refused(403, 'marketplace.only_client_may'),
      );
      (await client.api.post(`/v1/bookings/${booking.id}/cancel`)).as(200);
      const { status, payout } = await settled(client, booking.id);
      expect({ status, payout }).toEqual({
        status: 'cancelled',
        payout: { toProvider: '0', toTreasury: '0', toClient: '3' },
      });
      await expectAvailable(offer);
      expect((await client.api.post(`/v1/bookings/${booking.id}/cancel`)).refusal).toEqual(
        refused(409, 'marketplace.booking_action_not_possible'),
      );
      expect((await submitWasm(client, booking.id, doNothing())).refusal).toEqual(
        refused(409, 'agents.booking_not_open'),
      );
    }, 90_000);
  });

  describe('at the same moment', () => {
    it('transfers that together are too much: one is signed, the others are refused', async () => {
      const path = `/v1/wallets/${rival.wallet.id}/transfers`;
      const amount = '60';
      const send = () => rival.api.post(path, { to: client.wallet.address, amount });
      const answers = await Promise.all([send(), send(), send()]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 422, 422]);
      type Transfers = { items: { amount: string; status: string }[] };
      const isFinal = ({ items }: Transfers) => items[0]?.status === 'confirmed';
      const { items } = await rival.api.until<Transfers>(path, isFinal);
      expect(items.filter((transfer) => transfer.amount === amount)).toHaveLength(1);
    }, 60_000);

    it('cancelling and completing a booking: one is done, the other refused, the money moves once', async () => {
      const offer = await offerGpu(provider, '5');
      const { id } = await bookFunded(client, offer);
      const acts = ['cancel', 'complete', 'cancel', 'complete'];
      const answers = await Promise.all(acts.map((act) => client.api.post(`/v1/bookings/${id}/${act}`)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
      const wasCancelled = acts[answers.findIndex(({ status }) => status === 200)] === 'cancel';
      const { payout } = await settled(client, id);
      expect(payout).toEqual(
        wasCancelled
          ? { toProvider: '0', toTreasury: '0', toClient: '5' }
          : { toProvider: '4.875', toTreasury: '0.125', toClient: '0' },
      );
    }, 60_000);
  });

  describe('a dispute', () => {
    it('freezes the money until the operator decides', async () => {
      const offer = await offerGpu(provider, '8');
      const agent = await HandAgent.register(provider, [offer.id]);
      const booking = await bookFunded(client, offer);
      const path = `/v1/bookings/${booking.id}`;
      const reason = 'Every job failed.';
      expect((await client.api.post(`${path}/dispute`, { reason })).refusal).toEqual(
        refused(409, 'marketplace.booking_action_not_possible'),
      );
      (await submitWasm(client, booking.id, doNothing())).as(201);
      await agent.bring(await agent.take(), 'done');
      await client.api.until<Booking>(path, ({ status }) => status === 'active');
      expect((await rival.api.post(`${path}/dispute`, { reason })).refusal).toEqual(
        refused(404, 'marketplace.booking_not_found'),
      );
      expect((await client.api.post(`${path}/dispute`, { reason })).as<Booking>(200)).toMatchObject({
        status: 'disputed',
        dispute: { by: 'client', reason },
      });
      for (const act of ['cancel', 'complete']) {
        expect((await client.api.post(`${path}/${act}`)).refusal, act).toEqual(
          refused(409, 'marketplace.booking_action_not_possible'),
        );
      }
      const admin = await system.admin();
      const decision = `/v1/admin/bookings/${booking.id}/decision`;
      expect((await client.api.post(decision, { providerShare: 0 })).refusal).toEqual(refused(403, 'forbidden'));
      expect((await admin.post(decision, { providerGross: '8.1' })).refusal).toEqual(
        refused(422, 'marketplace.decision_exceeds_total', 'providerGross'),
      );
      expect((await admin.post(decision, { providerShare: 10_001 })).refusal).toEqual(
        refused(400, 'validation_failed', 'providerShare'),
      );
      (await admin.post(decision, { providerShare: 2500 })).as(200);
      const { status, payout } = await settled(client, booking.id);
      expect({ status, payout }).toEqual({
        status: 'settled',
        payout: { toProvider: '1.95', toTreasury: '0.05', toClient: '6' },
      });
    }, 120_000);
  });

  describeClosingAudit(() => system);

  async function expectAvailable(offer: Offer): Promise<void> {
    expect((await client.api.get(`/v1/offers/${offer.id}`)).as<Offer>(200).status).toBe('available');
  }

  /** Another wallet of the same person, never unlocked. */
  async function lockedCopyOf({ api, password }: Person): Promise<Pick<Person, 'wallet' | 'api'>> {
    return { api, wallet: (await api.post('/v1/wallets', { name: 'locked', password })).as<Person['wallet']>(201) };
  }
});

const flipCase = (letter: string) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
