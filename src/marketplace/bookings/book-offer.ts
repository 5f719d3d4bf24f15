import { currentTraceparent, requirePrincipal } from '@aitbc/modulith';
import { Clock, formatAmount } from '@aitbc/platform';
import { CommandHandler, EventBus, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { CheckSpendable, GetEscrowTerms } from '../../wallet/contract/index.js';
import { BookOffer } from '../contract/bookings.js';
import { OfferNotFound, OfferPriceChanged, OfferUnavailable } from '../contract/errors.js';
import { GetOffer } from '../contract/offers.js';
import { Offer } from '../offers/offer.entity.js';
import { toBookingView } from './booking-view.js';
import { Booking } from './booking.entity.js';
import { priceOf } from './pricing.js';

@CommandHandler(BookOffer)
export class BookOfferHandler implements ICommandHandler<BookOffer> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    private readonly events: EventBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute(command: BookOffer) {
    const { subject: clientId } = requirePrincipal();
    const { offerId, durationHours, walletId = null } = command;
    const clientAddress = await this.addressOfPayer(command);
    const { address: escrowAddress } = await this.queries.execute(GetEscrowTerms.of({}));

    const offer = await this.offers.findOneBy({ id: offerId });
    if (!offer) throw new OfferNotFound(offerId);
    mustCostWhatWasSeen(offer, command);
    const now = this.clock.now();
    const traceparent = currentTraceparent() ?? null;
    const request = { id: uuidv7(), clientId, walletId, clientAddress, escrowAddress, durationHours, traceparent };
    const booking = Booking.request(offer, request, now);
    offer.reserve(booking.id, now);
    await this.offers.save(offer);
    await this.bookings.insert(booking);
    this.events.publish(booking.requested);
    return toBookingView(booking);
  }

  /** A wallet that is locked or too poor is refused before there is a booking. */
  private async addressOfPayer({
    offerId,
    durationHours,
    walletId,
    clientAddress,
    pricePerHour,
  }: BookOffer): Promise<string> {
    const offer = await this.queries.execute(GetOffer.of({ offerId }));
    if (offer.status !== 'available') throw new OfferUnavailable(offerId);
    mustCostWhatWasSeen(offer, { pricePerHour });
    if (walletId === undefined) return clientAddress!;
    const amount = priceOf(offer.pricePerHour, durationHours);
    const { address } = await this.queries.execute(CheckSpendable.of({ walletId, amount }));
    return address;
  }
}

/** Its provider may change the price between the search and the booking. @throws OfferPriceChanged */
function mustCostWhatWasSeen(
  offer: { id: string; pricePerHour: bigint },
  { pricePerHour }: Pick<BookOffer, 'pricePerHour'>,
): void {
  if (pricePerHour !== undefined && pricePerHour !== offer.pricePerHour) {
    throw new OfferPriceChanged(offer.id, formatAmount(offer.pricePerHour));
  }
}
