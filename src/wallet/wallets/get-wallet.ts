import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetWallet, WalletView } from '../contract/wallets.js';
import { Chain } from '../transactions/chain.js';
import { ownWallet } from './own-wallet.js';
import { SessionKeys } from './session-keys.js';
import { Wallet } from './wallet.entity.js';

export function toWalletView({ id, name, address, createdAt }: Wallet, balance: bigint, unlockedUntil: Date | null) {
  return WalletView.of({ id, name, address, balance, unlockedUntil, createdAt });
}

@QueryHandler(GetWallet)
export class GetWalletHandler implements IQueryHandler<GetWallet> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    private readonly keys: SessionKeys,
    private readonly chain: Chain,
  ) {}

  async execute({ walletId }: GetWallet): Promise<WalletView> {
    const wallet = await ownWallet(this.wallets, walletId);
    const unlockedUntil = await this.keys.unlockedUntil(walletId);
    const { balance } = await this.chain.account(wallet.address);
    return toWalletView(wallet, balance, unlockedUntil);
  }
}
