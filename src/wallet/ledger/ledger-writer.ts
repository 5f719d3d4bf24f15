import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import type { BalanceChangeView, BlockEffectsView } from '../../blockchain/contract/index.js';
import { Wallet } from '../wallets/wallet.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';
import { movementsOf, reconcile } from './ledger-rules.js';

/** Records a block's effects on the balances of the wallets kept here. */
@Injectable()
export class LedgerWriter {
  private readonly logger = new Logger(LedgerWriter.name);

  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(LedgerEntry, 'wallet') private readonly entries: Repository<LedgerEntry>,
  ) {}

  async take(block: BlockEffectsView): Promise<void> {
    const touched = block.balances.map(({ address }) => address);
    const wallets = await this.wallets.find({ select: { address: true }, where: { address: In(touched) } });
    const own = new Set(wallets.map(({ address }) => address));
    const written: LedgerEntry[] = [];
    for (const change of block.balances) {
      if (own.has(change.address)) written.push(...(await this.entriesOf(change, block)));
    }
    if (written.length > 0) await this.entries.insert(written);
  }

  private async entriesOf({ address, before, after }: BalanceChangeView, block: BlockEffectsView) {
    const last = await this.entries.findOne({ where: { address }, order: { sequence: 'DESC' } });
    const movements = reconcile(movementsOf(address, block), { running: last?.balance, before, after });
    if (movements.some(({ kind }) => kind === 'unexplained')) {
      this.logger.warn(`block ${block.number} changed the balance of ${address} by more than its transactions show`);
    }
    let { sequence, balance } = last ?? { sequence: 0, balance: 0n };
    return movements.map(({ amount, ...movement }) => {
      sequence += 1;
      balance += amount;
      return Object.assign(new LedgerEntry(), {
        ...movement,
        address,
        sequence,
        balance,
        isOutflow: amount < 0n,
        magnitude: amount < 0n ? -amount : amount,
        blockNumber: block.number,
        at: block.timestamp,
      });
    });
  }
}
