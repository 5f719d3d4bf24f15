import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { CheckSpendable, WalletLocked } from '../../wallet/contract/index.js';
import { BookingRequested, BookOffer, ListBookings, OfferUnavailable } from '../contract/index.js';
import {
  CLIENT_ADDRESS,
  CLIENT_WALLET,
  ESCROW_ADDRESS,
  HOURS,
  STRANGER_ADDRESS,
  TOTAL,
} from '../testing/marketplace-data.js';
import { client, MarketplaceScenario } from '../testing/marketplace-scenario.js';

describeEachDatabase('booking an offer', (url) => {
  let market: MarketplaceScenario;
  beforeAll(async () => void (market = await MarketplaceScenario.start(url())));
  beforeEach(() => market.stubWallet());
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
    ['names two payers', { walletId: CLIENT_WALLET, clientAddress: STRANGER_ADDRESS }, 'clientAddress'],
    ['names null as payer', { clientAddress: null as never }, 'walletId'],
    ['is for no time', { walletId: CLIENT_WALLET, durationHours: 0 }, 'durationHours'],
    ['is for more than a year', { walletId: CLIENT_WALLET, durationHours: 8761 }, 'durationHours'],
  ])('when the request %s, refuses and says where', async (_, fields, field) => {
    const offer = await market.createOffer();
    const request = BookOffer.of({ offerId: offer.id, durationHours: HOURS, ...fields });
    const refused = await market.app.execute(request, { as: client }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'validation_failed', details: { errors: [{ field }] } });
  });
});
