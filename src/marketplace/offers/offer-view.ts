import { OfferView } from '../contract/offers.js';
import type { Offer } from './offer.entity.js';

export function toOfferView(offer: Offer): OfferView {
  const { id, providerId, walletId, providerAddress, gpuModel, gpuMemoryGb, gpuCount, region } = offer;
  const { capabilities, pricePerHour, status, version, createdAt, expiresAt } = offer;
  return OfferView.of({
    id,
    providerId,
    walletId,
    providerAddress,
    gpuModel,
    gpuMemoryGb,
    gpuCount,
    region,
    capabilities,
    pricePerHour,
    status,
    version,
    createdAt,
    expiresAt,
  });
}
