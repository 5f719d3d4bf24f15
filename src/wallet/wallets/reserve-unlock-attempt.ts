import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ReserveUnlockAttempt, SealedKeystoreView } from '../contract/own-messages.js';
import { ownWallet } from './own-wallet.js';
import { Wallet } from './wallet.entity.js';

@CommandHandler(ReserveUnlockAttempt)
export class ReserveUnlockAttemptHandler implements ICommandHandler<ReserveUnlockAttempt> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    private readonly clock: Clock,
  ) {}

  async execute({ walletId }: ReserveUnlockAttempt): Promise<SealedKeystoreView> {
    const wallet = await ownWallet(this.wallets, walletId);
    wallet.reserveAttempt(this.clock.now());
    await this.wallets.save(wallet);
    return SealedKeystoreView.of({ keystore: wallet.keystore });
  }
}
