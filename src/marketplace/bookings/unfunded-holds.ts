import { Limits } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Booking } from './booking.entity.js';

/** Who may hold an offer before its money is locked, by a wallet here or by themselves. Part of the caller's unit of work. */
@Injectable()
export class UnfundedHolds {
  constructor(
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    private readonly limits: Limits,
  ) {}

  /** One balance may be promised to many bookings at once, so that a wallet is no reason to hold more. @throws LimitReached */
  async allow(userId: string): Promise<void> {
    const waiting = await this.bookings.countBy({ clientId: userId, status: 'requested' });
    await this.limits.allow('unfunded-bookings-per-user', waiting + 1);
  }
}
