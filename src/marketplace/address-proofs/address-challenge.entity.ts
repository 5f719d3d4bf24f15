import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AddressNotProved } from '../contract/errors.js';

export const CHALLENGE_MS = 10 * 60_000;

/** A message for a user to sign with their address. Deleted on use. */
@Entity('marketplace_address_challenges')
@Index('marketplace_address_challenges_by_user', ['userId'])
@Index('marketplace_address_challenges_by_expiry', ['expiresAt'])
export class AddressChallenge {
  @PrimaryColumn({ type: 'varchar', length: 32 }) nonce: string;
  @Column({ name: 'user_id', type: 'varchar', length: 36 }) userId: string;
  @Column({ type: 'varchar', length: 42 }) address: string;
  @Column({ type: 'varchar', length: 1000 }) message: string;
  @Column({ name: 'expires_at', type: 'bigint', transformer: instant }) expiresAt: Date;
}

/** @throws AddressNotProved */
export function mustBeFor(
  challenge: AddressChallenge | null,
  { userId, address }: { userId: string; address: string },
  now: Date,
): AddressChallenge {
  if (challenge?.userId !== userId || challenge.address !== address || challenge.expiresAt <= now) {
    throw new AddressNotProved('The challenge is not one for this address, has expired or was used before.');
  }
  return challenge;
}
