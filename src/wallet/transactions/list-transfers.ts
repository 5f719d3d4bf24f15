import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { ListTransfers, type TransferView } from '../contract/transfers.js';
import { ownWallet } from '../wallets/own-wallet.js';
import { Wallet } from '../wallets/wallet.entity.js';
import { OutgoingTransaction } from './outgoing-transaction.entity.js';
import { toTransferView } from './transfer-view.js';

const CURSORS = new Cursors('wallet.transfers', 'id');

@QueryHandler(ListTransfers)
export class ListTransfersHandler implements IQueryHandler<ListTransfers> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(OutgoingTransaction, 'wallet') private readonly outgoing: Repository<OutgoingTransaction>,
  ) {}

  async execute(asked: ListTransfers): Promise<Page<TransferView>> {
    const { walletId, limit = DEFAULT_PAGE_LIMIT } = asked;
    await ownWallet(this.wallets, walletId);
    const [last] = CURSORS.position(asked) ?? [];
    const found = await this.outgoing.find({
      where: { walletId, ...(last && { id: LessThan(last) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map(toTransferView),
      CURSORS.next(asked, found, limit, ({ id }) => [id]),
    );
  }
}
