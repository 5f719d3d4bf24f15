import { Limits } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type Address, type Hex, verifyMessage } from 'viem';
import { AddressChallenge } from '../address-proofs/address-challenge.entity.js';
import type { AddressProofView } from '../contract/address-proofs.js';
import { AddressNotProved } from '../contract/errors.js';
import { Booking } from './booking.entity.js';

/** Who may hold an offer before its money is locked, by a wallet here or by themselves. Part of the caller's unit of work. */
@Injectable()
export class UnfundedHolds {
  constructor(
    @InjectRepository(AddressChallenge, 'marketplace') private readonly challenges: Repository<AddressChallenge>,
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    private readonly limits: Limits,
  ) {}

  /** One balance may be promised to many bookings at once, so that a wallet is no reason to hold more. @throws LimitReached */
  async allow(userId: string): Promise<void> {
    const waiting = await this.bookings.countBy({ clientId: userId, status: 'requested' });
    await this.limits.allow('unfunded-bookings-per-user', waiting + 1);
  }

  /** Uses up the proof. @throws AddressNotProved */
  async prove(userId: string, address: string, proof: AddressProofView | undefined, now: Date): Promise<void> {
    if (!proof) throw new AddressNotProved('proof must be given: a signed challenge of POST /v1/address-challenges.');
    const challenge = await this.challenges.findOneBy({ nonce: proof.nonce });
    if (challenge?.userId !== userId || challenge.address !== address || challenge.expiresAt <= now) {
      throw new AddressNotProved('The challenge is not one for this address, has expired or was used before.');
    }
    const { message } = challenge;
    const signed = { address: address as Address, message, signature: proof.signature as Hex };
    // It throws for what is no signature at all.
    const isTheirs = await verifyMessage(signed).catch(() => false);
    if (!isTheirs) throw new AddressNotProved('The address has not signed the message of the challenge.');
    await this.challenges.delete({ nonce: challenge.nonce });
  }
}
