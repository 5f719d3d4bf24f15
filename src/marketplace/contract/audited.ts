import { Audited } from '@aitbc/platform';

/** An operator disputed or decided on a booking. */
export class MarketplaceAudited extends Audited {}
