import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { ListTransfers, type TransferView } from '../contract/transfers.js';
import { ownWallet } from '../wallets/own-wallet.js';
import { Wallet } from '../wallets/wallet.entity.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';
import { toTransferView } from './transfer-view.js';

@QueryHandler(ListTransfers)
export class ListTransfersHandler implements IQueryHandler<ListTransfers> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
  ) {}

  async execute({ walletId, cursor, limit = DEFAULT_PAGE_LIMIT }: ListTransfers): Promise<Page<TransferView>> {
    await ownWallet(this.wallets, walletId);
    const before = cursor === undefined ? undefined : String(decodeCursor(cursor)[0]);
    const found = await this.outgoing.find({
      where: { walletId, ...(before === undefined ? {} : { id: LessThan(before) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    return Page.of(shown.map(toTransferView), found.length > limit ? encodeCursor([shown.at(-1)!.id]) : null);
  }
}
