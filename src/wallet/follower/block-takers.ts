import { Injectable } from '@nestjs/common';
import type { BlockEffectsView } from '../../blockchain/contract/index.js';
import { EscrowOutcomes } from '../escrow/escrow-outcomes.js';
import { LedgerWriter } from '../ledger/ledger-writer.js';
import { TransactionOutcomes } from '../transactions/transaction-outcomes.js';

/** The parts of this module that process blocks. */
@Injectable()
export class BlockTakers {
  constructor(
    private readonly transactions: TransactionOutcomes,
    private readonly escrows: EscrowOutcomes,
    private readonly ledger: LedgerWriter,
  ) {}

  /** The contracts whose logs are needed. */
  contracts(): Promise<string[]> {
    return this.escrows.contractAddresses();
  }

  async take(block: BlockEffectsView): Promise<void> {
    if (block.transactions.length > 0) {
      await this.transactions.take(block);
      await this.escrows.take(block);
    }
    if (block.balances.length > 0) await this.ledger.take(block);
  }
}
