import { currentTraceparent, requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AddressProofs } from '../address-proofs/address-proofs.js';
import { BookOffer } from '../contract/bookings.js';
import { OfferNotFound } from '../contract/errors.js';
import { Offer } from '../offers/offer.entity.js';
import { BookingChanges } from './booking-changes.js';
import { toBookingView } from './booking-view.js';
import { Booking } from './booking.entity.js';
import { Payers } from './payers.js';
import { mustCostWhatWasSeen } from './price-seen.js';
import { UnfundedHolds } from './unfunded-holds.js';

@CommandHandler(BookOffer)
export class BookOfferHandler implements ICommandHandler<BookOffer> {
  constructor(
    @InjectRepository(Offer, 'marketplace') private readonly offers: Repository<Offer>,
    private readonly payers: Payers,
    private readonly holds: UnfundedHolds,
    private readonly proofs: AddressProofs,
    private readonly changes: BookingChanges,
    private readonly clock: Clock,
  ) {}

  async execute(command: BookOffer) {
    const { subject: clientId } = requirePrincipal();
    const { offerId, durationHours, walletId = null } = command;
    const payer = await this.payers.ask(command, clientId);
    if (walletId === null) await this.proofs.check(payer.clientAddress, command.proof);

    const offer = await this.offers.findOneBy({ id: offerId });
    if (!offer) throw new OfferNotFound(offerId);
    mustCostWhatWasSeen(offer, command);
    const now = this.clock.now();
    const traceparent = currentTraceparent() ?? null;
    const booking = Booking.request(
      offer,
      { id: uuidv7(), clientId, walletId, ...payer, durationHours, traceparent },
      now,
    );
    offer.reserve(booking.id, now);
    await this.holds.allow(clientId);
    const owner = { userId: clientId, address: payer.clientAddress };
    if (walletId === null) await this.proofs.useUp(command.proof!.nonce, owner, now);
    await this.changes.open(booking, offer);
    return toBookingView(booking);
  }
}
