import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { GetLedger, LedgerEntryView } from '../contract/ledger.js';
import { ownWallet } from '../wallets/own-wallet.js';
import { Wallet } from '../wallets/wallet.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';

const CURSORS = new Cursors('wallet.ledger', 'integer');

@QueryHandler(GetLedger)
export class GetLedgerHandler implements IQueryHandler<GetLedger> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(LedgerEntry, 'wallet') private readonly entries: Repository<LedgerEntry>,
  ) {}

  async execute(asked: GetLedger): Promise<Page<LedgerEntryView>> {
    const { walletId, limit = DEFAULT_PAGE_LIMIT } = asked;
    const { address } = await ownWallet(this.wallets, walletId);
    const position = CURSORS.position(asked);
    const found = await this.entries.find({
      where: { address, ...(position && { sequence: LessThan(position[0]) }) },
      order: { sequence: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map(toView),
      CURSORS.next(asked, found, limit, ({ sequence }) => [sequence]),
    );
  }
}

function toView(entry: LedgerEntry): LedgerEntryView {
  const { sequence, kind, amount, balance, counterparty, transactionHash, blockNumber, at } = entry;
  return LedgerEntryView.of({ sequence, kind, amount, balance, counterparty, transactionHash, blockNumber, at });
}
