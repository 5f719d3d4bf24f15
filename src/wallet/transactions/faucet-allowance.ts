import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { FaucetExhausted } from '../contract/errors.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';

export const FAUCET_CALLS_PER_HOUR = 10;
const HOUR_MS = 3_600_000;

/** The faucet's limit per user. */
@Injectable()
export class FaucetAllowance {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly clock: Clock,
  ) {}

  /** @throws FaucetExhausted */
  async check(requestedBy: string): Promise<void> {
    const hourAgo = new Date(this.clock.now().getTime() - HOUR_MS);
    const recent = await this.outgoing.find({
      where: { kind: 'faucet', requestedBy, createdAt: MoreThan(hourAgo) },
      order: { createdAt: 'ASC' },
      take: FAUCET_CALLS_PER_HOUR,
    });
    if (recent.length < FAUCET_CALLS_PER_HOUR) return;
    throw new FaucetExhausted(Math.ceil((recent[0]!.createdAt.getTime() - hourAgo.getTime()) / 1000));
  }
}
