import { requirePrincipal } from '@aitbc/modulith';
import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { ListWallets, type WalletView } from '../contract/wallets.js';
import { Chain } from '../transactions/chain.js';
import { toWalletView } from './get-wallet.js';
import { SessionKeys } from './session-keys.js';
import { Wallet } from './wallet.entity.js';

const CURSORS = new Cursors('wallet.wallets', 'id');

@QueryHandler(ListWallets)
export class ListWalletsHandler implements IQueryHandler<ListWallets> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    private readonly keys: SessionKeys,
    private readonly chain: Chain,
  ) {}

  async execute(asked: ListWallets): Promise<Page<WalletView>> {
    const { limit = DEFAULT_PAGE_LIMIT } = asked;
    const { subject: ownerId } = requirePrincipal();
    const [last] = CURSORS.position(asked) ?? [];
    const found = await this.wallets.find({
      where: { ownerId, ...(last && { id: LessThan(last) }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    const items = await Promise.all(shown.map((wallet) => this.view(wallet)));
    return Page.of(
      items,
      CURSORS.next(asked, found, limit, ({ id }) => [id]),
    );
  }

  private async view(wallet: Wallet): Promise<WalletView> {
    const unlockedUntil = await this.keys.unlockedUntil(wallet.id);
    const { balance } = await this.chain.account(wallet.address);
    return toWalletView(wallet, balance, unlockedUntil);
  }
}
