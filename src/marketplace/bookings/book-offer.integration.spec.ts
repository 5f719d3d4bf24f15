import { LimitReached, ModuleUnavailable } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { limitFlag } from '@aitbc/platform/testing/limit-flag.js';
import { hashMessage, type Hex } from 'viem';
import { parseSiweMessage } from 'viem/siwe';
import {
  CallContract,
  ChainBusy,
  ExecutionFailed,
  ExecutionReverted,
  ExecutionTimedOut,
} from '../../blockchain/contract/index.js';
import { CheckSpendable, WalletLocked } from '../../wallet/contract/index.js';
import { ForgetChallenges } from '../address-proofs/forget-challenges.js';
import {
  type AddressChallengeView,
  AddressProofView,
  AgentsAway,
  BookingActionNotPossible,
  BookingNotFound,
  BookingRequested,
  type BookingView,
  BookOffer,
  ListBookings,
  ListOffers,
  OfferUnavailable,
  type OfferView,
  OnlyProviderMay,
  OwnOffer,
  RefuseBooking,
  RequestAddressChallenge,
} from '../contract/index.js';
import {
  CLIENT_ADDRESS,
  CLIENT_WALLET,
  ESCROW_ADDRESS,
  HOURS,
  MINUTE,
  STRANGER_ADDRESS,
  TOTAL,
} from '../testing/marketplace-data.js';
import { client, MarketplaceScenario, provider, stranger } from '../testing/marketplace-scenario.js';

describeEachDatabase('booking an offer', (url) => {
  let market: MarketplaceScenario;
  beforeAll(async () => void (market = await MarketplaceScenario.start(url())));
  beforeEach(() => {
    market.stubWallet();
    market.agentsOnline = 1;
  });
  afterAll(() => market?.app.close());

  it('reserves the offer and asks the wallet to lock the price', async () => {
    const offer = await market.createOffer();
    const booking = await market.book(offer.id);

    expect(booking).toMatchObject({ status: 'requested', total: TOTAL, clientAddress: CLIENT_ADDRESS, lock: null });
    expect((await market.offer(offer.id)).status).toBe('reserved');
    expect(market.app.published(BookingRequested).at(-1)).toMatchObject({
      bookingId: booking.id,
      walletId: CLIENT_WALLET,
      clientAddress: CLIENT_ADDRESS,
      escrowAddress: ESCROW_ADDRESS,
      amount: TOTAL,
      expiresAt: booking.escrow.expiresAt,
    });
  });

  it('when forty book it at once, one gets it', async () => {
    const offer = await market.createOffer();
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => market.book(offer.id)));

    const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const losers = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(winners).toHaveLength(1);
    expect(losers.every(({ reason }) => reason instanceof OfferUnavailable)).toBe(true);
    expect(market.app.published(BookingRequested).filter(({ offerId }) => offerId === offer.id)).toHaveLength(1);
  });

  it('when the wallet is locked, refuses before there is a booking', async () => {
    const offer = await market.createOffer();
    const before = await market.page(ListBookings.of({}));
    market.app.stub(CheckSpendable, ({ walletId }) => Promise.reject(new WalletLocked(walletId)));

    await expect(market.book(offer.id)).rejects.toThrow(WalletLocked);
    expect((await market.offer(offer.id)).status).toBe('available');
    expect(await market.page(ListBookings.of({}))).toEqual(before);
  });

  it('refuses the provider its own offer', async () => {
    const offer = await market.createOffer();
    await expect(market.book(offer.id, {}, provider)).rejects.toThrow(OwnOffer);
    expect((await market.offer(offer.id)).status).toBe('available');
  });

  it('says of an offer that no agent is online, and books it only for those who know', async () => {
    const offer = await market.createOffer();
    const listed = async (limit: number) =>
      (await market.page<OfferView>(ListOffers.of({ limit }))).items.find(({ id }) => id === offer.id)?.agentsOnline;
    expect([await listed(50), (await market.offer(offer.id)).agentsOnline]).toEqual([1, 1]);
    market.agentsOnline = 0;
    expect([await listed(51), (await market.offer(offer.id)).agentsOnline]).toEqual([0, 0]);
    await expect(market.book(offer.id)).rejects.toThrow(AgentsAway);
    expect(await market.book(offer.id, { withoutAgent: true })).toMatchObject({ status: 'requested' });
  });

  it('while the agents’ module does not answer, shows offers and books none unseen', async () => {
    const offer = await market.createOffer();
    market.agentsOnline = undefined;
    expect(await market.offer(offer.id)).toMatchObject({ status: 'available', agentsOnline: null });
    await expect(market.book(offer.id)).rejects.toThrow(ModuleUnavailable);
    expect(await market.book(offer.id, { withoutAgent: true })).toMatchObject({ status: 'requested' });
  });

  describe('by an address that locks the money by itself', () => {
    const address = { clientAddress: STRANGER_ADDRESS };
    afterEach(async () => {
      await market.pass(11 * MINUTE);
      await market.app.get(ForgetChallenges).forget();
    });
    const refusal = (fields: Partial<BookOffer>, as = client) =>
      market
        .createOffer()
        .then(({ id }) => market.book(id, { ...address, ...fields }, as))
        .catch((error: unknown) => error);

    it('is refused without a proof, with that of another user or address, with a forged one, and with one used before', async () => {
      const notProved = { code: 'marketplace.address_not_proved', details: { field: 'proof' } };
      expect(await refusal({ proof: undefined })).toMatchObject(notProved);
      expect(await refusal({ proof: await market.prove(stranger) })).toMatchObject(notProved);
      expect(await refusal({ proof: await market.prove(client, CLIENT_ADDRESS) })).toMatchObject(notProved);
      const { nonce } = await market.prove();
      const { signature } = await market.prove();
      expect(await refusal({ proof: AddressProofView.of({ nonce, signature }) })).toMatchObject(notProved);
      const garbage = `0x${'ff'.repeat(65)}`;
      expect(await refusal({ proof: AddressProofView.of({ nonce, signature: garbage }) })).toMatchObject(notProved);
      const proof = await market.prove();
      const booked = await refusal({ proof });
      expect(booked).toMatchObject({ status: 'requested' });
      expect(await refusal({ proof })).toMatchObject(notProved);
    });

    it('is refused when the proof is ten minutes old', async () => {
      const proof = await market.prove();
      market.clock.advance(10 * MINUTE);
      expect(await refusal({ proof })).toMatchObject({ code: 'marketplace.address_not_proved' });
    });

    describe('of a contract', () => {
      const magic = `0x1626ba7e${'0'.repeat(56)}`;
      const ask = async () => {
        const asked = RequestAddressChallenge.of({ address: STRANGER_ADDRESS });
        return market.app.execute<AddressChallengeView>(asked, { as: client });
      };
      const proofOf = ({ nonce }: AddressChallengeView, signature: Hex = '0xabcd') =>
        AddressProofView.of({ nonce, signature });

      it('is accepted when the contract says that the signature of the message is valid, whatever it consists of', async () => {
        const calls: CallContract[] = [];
        market.app.stub(CallContract, (call) => (calls.push(call), magic));
        for (const signature of ['0x', '0xabcd', `0x${'ab'.repeat(65)}`, `0x${'ab'.repeat(2_048)}`] as const) {
          const challenge = await ask();
          expect(await refusal({ proof: proofOf(challenge, signature) })).toMatchObject({ status: 'requested' });
          const { to, data } = calls.splice(0)[0]!;
          expect(to).toBe(STRANGER_ADDRESS);
          expect(data.startsWith(`0x1626ba7e${hashMessage(challenge.message).slice(2)}`)).toBe(true);
          expect(data).toContain(signature.slice(2));
        }
        const tooLong = proofOf(await ask(), `0x${'ab'.repeat(2_049)}`);
        expect(await refusal({ proof: tooLong })).toMatchObject({
          code: 'validation_failed',
          details: { errors: [{ field: 'proof.signature' }] },
        });
        expect(calls).toEqual([]);
      });

      it('asks no contract about a challenge of another user', async () => {
        market.app.stub(CallContract, () => Promise.reject(new Error('It was asked.')));
        const { nonce } = await market.prove(stranger);
        expect(await refusal({ proof: AddressProofView.of({ nonce, signature: '0xabcd' }) })).toMatchObject({
          code: 'marketplace.address_not_proved',
        });
      });

      it.each<[string, (call: CallContract) => string | Promise<string>]>([
        ['is not there', () => '0x'],
        ['says no', () => `0xffffffff${'0'.repeat(56)}`],
        ['says too little', () => '0x1626ba7e'],
        ['repeats the question', ({ data }) => data],
        ['reverts', () => Promise.reject(new ExecutionReverted('execution reverted', '0x'))],
        ['runs out of gas', () => Promise.reject(new ExecutionFailed('out of gas'))],
      ])('is refused when the contract %s, and the challenge stays', async (_, answer) => {
        const proof = proofOf(await ask());
        market.app.stub(CallContract, answer);
        expect(await refusal({ proof })).toMatchObject({
          code: 'marketplace.address_not_proved',
          details: { field: 'proof' },
        });
        market.app.stub(CallContract, () => magic);
        expect(await refusal({ proof })).toMatchObject({ status: 'requested' });
      });

      it.each([new ExecutionTimedOut(), new ChainBusy(), new ModuleUnavailable('blockchain')])(
        'is no proof, and no refusal of one, while the chain answers $code',
        async (failure) => {
          const proof = proofOf(await ask());
          market.app.stub(CallContract, () => Promise.reject(failure));
          expect(await refusal({ proof })).toMatchObject({ code: failure.code, kind: 'unavailable' });
        },
      );
    });

    it('keeps a proof that came to nothing for another try', async () => {
      const proof = await market.prove();
      const taken = await market.createOffer();
      await market.book(taken.id);
      await expect(market.book(taken.id, { ...address, proof })).rejects.toThrow(OfferUnavailable);
      expect(await refusal({ proof })).toMatchObject({ status: 'requested' });
    });

    it('signs an EIP-4361 message that names this host, the user and when it ends', async () => {
      const asked = RequestAddressChallenge.of({ address: STRANGER_ADDRESS });
      const { message, nonce, expiresAt } = await market.app.execute<AddressChallengeView>(asked, { as: client });
      expect(parseSiweMessage(message)).toMatchObject({
        address: STRANGER_ADDRESS,
        chainId: 7733,
        domain: 'api.example.org',
        nonce,
        expirationTime: expiresAt,
        statement: expect.stringContaining(client.subject),
      });
    });

    it('holds an offer for three minutes', async () => {
      const offer = await market.createOffer();
      const { id, dueAt, createdAt } = await market.book(offer.id, address);
      expect(dueAt!.getTime() - createdAt.getTime()).toBe(3 * MINUTE);
      await market.pass(3 * MINUTE);
      expect(await market.booking(id)).toMatchObject({
        status: 'cancelled',
        failure: expect.stringMatching(/in time/),
      });
      expect((await market.offer(offer.id)).status).toBe('available');
    });

    it('holds no more offers at a time than the limit, however many are asked for at once', async () => {
      market.flags.replace([limitFlag('unfunded-bookings-per-user', 2)], 1);
      const proofs = await Promise.all(Array.from({ length: 6 }, () => market.prove()));
      const outcomes = await Promise.all(proofs.map((proof) => refusal({ proof })));
      const held = outcomes.filter((outcome) => !(outcome instanceof Error)) as BookingView[];
      expect(held).toHaveLength(2);
      const refused = outcomes.filter((outcome) => outcome instanceof LimitReached);
      expect(refused.map(({ details }) => details)).toEqual(
        Array(4).fill({ limit: 'unfunded-bookings-per-user', most: 2 }),
      );
      const another = await market.createOffer();
      await expect(market.book(another.id)).rejects.toThrow(LimitReached);
      await market.lock(held[0]!, { clientAddress: STRANGER_ADDRESS });
      expect(await market.book(another.id)).toMatchObject({ status: 'requested' });
      expect(await refusal({})).toBeInstanceOf(LimitReached);
      market.flags.replace([], 2);
    });

    it('asks for few challenges at a time', async () => {
      market.flags.replace([limitFlag('address-challenges-per-user', 1)], 3);
      await market.prove(provider);
      await expect(market.prove(provider)).rejects.toThrow(LimitReached);
      market.clock.advance(10 * MINUTE + 1);
      await market.app.get(ForgetChallenges).forget();
      await expect(market.prove(provider)).resolves.toMatchObject({ nonce: expect.any(String) });
      market.flags.replace([], 4);
    });
  });

  describe('that its provider does not want', () => {
    const refuse = ({ id: bookingId }: BookingView, as = provider) =>
      market.app.execute<BookingView>(RefuseBooking.of({ bookingId, reason: 'It is down.' }), { as });

    it('is cancelled while it is not funded: the offer is free, and money that comes late goes back', async () => {
      const booking = await market.requested();
      await expect(refuse(booking, client)).rejects.toThrow(OnlyProviderMay);
      await expect(refuse(booking, stranger)).rejects.toThrow(BookingNotFound);
      expect(await refuse(booking)).toMatchObject({
        status: 'cancelled',
        failure: 'The provider refused the booking: It is down.',
      });
      expect((await market.offer(booking.offerId)).status).toBe('available');
      await market.lock(booking);
      expect(market.settlements(booking.id)).toMatchObject([{ providerGross: 0n }]);
    });

    it('stays once it is funded', async () => {
      const booking = await market.funded();
      await expect(refuse(booking)).rejects.toThrow(BookingActionNotPossible);
      expect((await market.booking(booking.id)).status).toBe('funded');
    });
  });

  it('gives a client without a wallet here the transaction to send, until it is funded', async () => {
    const offer = await market.createOffer();
    const { id } = await market.book(offer.id, { clientAddress: STRANGER_ADDRESS });

    const booking = await market.booking(id);
    const data = `0x${id.replaceAll('-', '')}`;
    expect(booking.lock).toEqual({ to: ESCROW_ADDRESS, data, value: TOTAL.toString(), chainId: 7733 });
    expect(market.app.published(BookingRequested).at(-1)).toMatchObject({ clientAddress: STRANGER_ADDRESS });
    expect(market.app.published(BookingRequested).at(-1)?.walletId).toBeUndefined();

    await market.lock(booking);
    expect(await market.booking(id)).toMatchObject({ status: 'funded', lock: null });
  });

  it.each([
    ['names no payer', {}, 'walletId'],
    ['names two payers', { walletId: CLIENT_WALLET, clientAddress: STRANGER_ADDRESS }, 'walletId'],
    ['names null as payer', { clientAddress: null as never }, 'clientAddress'],
    ['is for no time', { walletId: CLIENT_WALLET, durationHours: 0 }, 'durationHours'],
    ['is for more than a year', { walletId: CLIENT_WALLET, durationHours: 8761 }, 'durationHours'],
  ])('when the request %s, refuses and says where', async (_, fields, field) => {
    const offer = await market.createOffer();
    const request = BookOffer.of({ offerId: offer.id, durationHours: HOURS, ...fields });
    const refused = await market.app.execute(request, { as: client }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'validation_failed', details: { errors: [{ field }] } });
  });
});
