import { continueTrace } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Background } from '../background.js';
import { PlatformKey } from '../platform-key/platform-key.js';
import { Chain } from './chain.js';
import { SETTLE_GAS } from './fees.js';
import { OutgoingTransaction, SUPERSEDED } from './outgoing-transaction.entity.js';
import { TransactionDesk } from './transaction-desk.js';

/** A settlement is still owed if a transaction signed elsewhere with the platform's key took its nonce. */
@Injectable()
export class SignAgain {
  constructor(
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
    private readonly desk: TransactionDesk,
    private readonly chain: Chain,
    private readonly platform: PlatformKey,
    private readonly background: Background,
  ) {}

  async run(): Promise<void> {
    const where = { kind: 'escrow_settlement', status: 'failed', failure: SUPERSEDED } as const;
    const lost = await this.outgoing.findBy(where);
    if (lost.length === 0) return;
    const quote = await this.chain.quote(this.platform.address);
    for (const { id, traceparent } of lost) {
      await this.background.transaction(async () => {
        const transaction = await this.outgoing.findOneBy({ id, ...where });
        if (!transaction) return;
        await continueTrace(traceparent ?? undefined, () =>
          this.desk.signAgain(transaction, SETTLE_GAS, quote, this.platform.privateKey),
        );
      });
    }
  }
}
