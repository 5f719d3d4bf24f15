import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { LockWallet } from '../contract/wallets.js';
import { ownWallet } from './own-wallet.js';
import { UnlockSession } from './unlock-session.entity.js';
import { Wallet } from './wallet.entity.js';

@CommandHandler(LockWallet)
export class LockWalletHandler implements ICommandHandler<LockWallet> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(UnlockSession, 'wallet') private readonly sessions: Repository<UnlockSession>,
  ) {}

  async execute({ walletId }: LockWallet): Promise<void> {
    requirePrincipal();
    await ownWallet(this.wallets, walletId);
    await this.sessions.delete({ walletId });
  }
}
