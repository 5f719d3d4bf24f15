import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { GetWalletSummary, WalletSummaryView } from './contract/summary.js';
import { CurrentEscrow } from './escrow/current-escrow.js';
import { ChainCursor } from './follower/chain-cursor.entity.js';
import { UnlockSession } from './wallets/unlock-session.entity.js';
import { Wallet } from './wallets/wallet.entity.js';

@QueryHandler(GetWalletSummary)
export class GetWalletSummaryHandler implements IQueryHandler<GetWalletSummary> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(UnlockSession, 'wallet') private readonly sessions: Repository<UnlockSession>,
    @InjectRepository(ChainCursor, 'wallet') private readonly cursors: Repository<ChainCursor>,
    private readonly escrow: CurrentEscrow,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<WalletSummaryView> {
    const cursor = await this.cursors.findOneBy({ chain: ChainCursor.MAIN });
    const counted = await this.wallets.manager.query<{ status: string; count: number | string }[]>(
      'SELECT status, COUNT(*) AS count FROM wallet_transactions GROUP BY status',
    );
    return WalletSummaryView.of({
      wallets: await this.wallets.count(),
      unlockedWallets: await this.sessions.countBy({ expiresAt: MoreThan(this.clock.now()) }),
      transactionsByStatus: Object.fromEntries(counted.map(({ status, count }) => [status, Number(count)])),
      escrowAddress: (await this.escrow.find())?.address ?? null,
      ledgerBlock: cursor?.blockNumber ?? 0,
    });
  }
}
