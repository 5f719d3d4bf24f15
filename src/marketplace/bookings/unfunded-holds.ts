import { Limits } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Booking } from './booking.entity.js';

/**
 * Limits who may hold an offer before the money is locked, from a wallet here or externally. Part of the caller's unit
 * of work.
 */
@Injectable()
export class UnfundedHolds {
  constructor(
    @InjectRepository(Booking, 'marketplace') private readonly bookings: Repository<Booking>,
    private readonly limits: Limits,
  ) {}

  /**
   * One balance can be promised to many bookings at once, so having a wallet does not raise the limit. @throws
   * LimitReached
   */
  async allow(userId: string): Promise<void> {
    const waiting = await this.bookings.countBy({ clientId: userId, status: 'requested' });
    await this.limits.allow('unfunded-bookings-per-user', waiting + 1);
  }
}
