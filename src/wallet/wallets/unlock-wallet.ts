import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { WrongPassword } from '../contract/errors.js';
import { ReserveUnlockAttempt } from '../contract/own-messages.js';
import { DEFAULT_UNLOCK_SECONDS, UnlockedView, UnlockWallet } from '../contract/wallets.js';
import { Vault } from '../keystore/vault.js';
import { WrongKeystorePassword } from '../keystore/web3-secret-storage.js';
import { ownWallet } from './own-wallet.js';
import { UnlockSession } from './unlock-session.entity.js';
import { Wallet } from './wallet.entity.js';

@CommandHandler(UnlockWallet)
export class UnlockWalletHandler implements ICommandHandler<UnlockWallet> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    @InjectRepository(UnlockSession, 'wallet') private readonly sessions: Repository<UnlockSession>,
    private readonly commands: CommandBus,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ walletId, password, ttlSeconds = DEFAULT_UNLOCK_SECONDS }: UnlockWallet): Promise<UnlockedView> {
    requirePrincipal();
    const { keystore } = await this.commands.execute(ReserveUnlockAttempt.of({ walletId }));
    const privateKey = await this.takeOut(walletId, keystore, password);

    const expiresAt = new Date(this.clock.now().getTime() + ttlSeconds * 1000);
    const wrappedKey = this.vault.wrap(walletId, privateKey, expiresAt);
    privateKey.fill(0);
    const wallet = await ownWallet(this.wallets, walletId);
    wallet.acceptPassword();
    await this.wallets.save(wallet);
    await this.sessions.save(Object.assign(new UnlockSession(), { walletId, wrappedKey, expiresAt }));
    return UnlockedView.of({ unlockedUntil: expiresAt });
  }

  private async takeOut(walletId: string, keystore: string, password: string): Promise<Uint8Array> {
    try {
      return await this.vault.takeOut(walletId, keystore, password);
    } catch (error) {
      if (error instanceof WrongKeystorePassword) throw new WrongPassword(walletId);
      throw error;
    }
  }
}
