import { Command, Secret, View } from '@aitbc/modulith';
import { Text } from '@aitbc/platform';
import { IsHash } from 'class-validator';

/** The request that a key stands for, and how often it arrived. */
export class ClaimedKeyView extends View {
  seed: string;
  /** 1 for the first request with the key. */
  attempt: number;
}

/**
 * Binds an Idempotency-Key to the first body sent with it.
 * @throws IdempotencyKeyReused if it was sent with another body before
 */
export class ClaimIdempotencyKey extends Command<ClaimedKeyView> {
  /** The user or agent; for callers without an account, the address. */
  @Text({ max: 100 })
  caller: string;

  /** `POST /v1/offers/…/bookings`, with the ids of the path. */
  @Text({ max: 500 })
  operation: string;

  @Text({ max: 255 })
  key: string;

  /** SHA-256 of the body; secret because bodies contain passwords, which a plain hash would help to guess. */
  @Secret()
  @IsHash('sha256')
  bodyHash: string;
}
