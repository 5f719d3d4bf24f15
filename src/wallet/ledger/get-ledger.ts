import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { GetLedger, LedgerEntryView } from '../contract/ledger.js';
import { ownWallet } from '../wallets/own-wallet.js';
import { Wallet } from '../wallets/wallet.entity.js';
import { LedgerEntry } from './ledger-entry.entity.js';

@QueryHandler(GetLedger)
export class GetLedgerHandler implements IQueryHandler<GetLedger> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(LedgerEntry, 'wallet') private readonly entries: Repository<LedgerEntry>,
  ) {}

  async execute({ walletId, cursor, limit = DEFAULT_PAGE_LIMIT }: GetLedger): Promise<Page<LedgerEntryView>> {
    const { address } = await ownWallet(this.wallets, walletId);
    const before = cursor === undefined ? undefined : Number(decodeCursor(cursor)[0]);
    const found = await this.entries.find({
      where: { address, ...(before === undefined ? {} : { sequence: LessThan(before) }) },
      order: { sequence: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    return Page.of(shown.map(toView), found.length > limit ? encodeCursor([shown.at(-1)!.sequence]) : null);
  }
}

function toView(entry: LedgerEntry): LedgerEntryView {
  const { sequence, kind, amount, balance, counterparty, transactionHash, blockNumber, at } = entry;
  return LedgerEntryView.of({ sequence, kind, amount, balance, counterparty, transactionHash, blockNumber, at });
}
