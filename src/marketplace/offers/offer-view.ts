import type { OfferPresenceView } from '../../agents/contract/index.js';
import { OfferView } from '../contract/offers.js';
import type { Offer } from './offer.entity.js';

/** @param presences of the offers' agents; undefined if unknown */
export function toOfferView(offer: Offer, presences?: ReadonlyMap<string, OfferPresenceView>): OfferView {
  const presence = presences?.get(offer.id);
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
    agentsOnline: presences ? (presence?.online ?? 0) : null,
    agentSeenAt: presence?.lastSeenAt ?? null,
  });
}
