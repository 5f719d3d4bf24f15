import { formatAmount } from '@aitbc/platform';
import type { BookOffer } from '../contract/bookings.js';
import { OfferPriceChanged } from '../contract/errors.js';

/** The provider may change the price between search and booking. @throws OfferPriceChanged */
export function mustCostWhatWasSeen(
  offer: { readonly id: string; readonly pricePerHour: bigint },
  { pricePerHour }: Pick<BookOffer, 'pricePerHour'>,
): void {
  if (pricePerHour !== undefined && pricePerHour !== offer.pricePerHour) {
    throw new OfferPriceChanged(offer.id, formatAmount(offer.pricePerHour));
  }
}
