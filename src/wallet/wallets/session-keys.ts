import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { WalletLocked } from '../contract/errors.js';
import { Vault } from '../keystore/vault.js';
import { UnlockSession } from './unlock-session.entity.js';

/** The keys of unlocked wallets. */
@Injectable()
export class SessionKeys {
  constructor(
    @InjectRepository(UnlockSession, 'wallet') private readonly sessions: Repository<UnlockSession>,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** When the wallet's unlock ends; null if it is locked. */
  async unlockedUntil(walletId: string): Promise<Date | null> {
    const session = await this.sessions.findOneBy({ walletId });
    return session && !session.isOver(this.clock.now()) ? session.expiresAt : null;
  }

  /**
   * Passes the key to `use` and overwrites it afterwards.
   * @throws WalletLocked
   */
  async withKey<T>(walletId: string, use: (privateKey: Uint8Array) => Promise<T>): Promise<T> {
    const session = await this.sessions.findOneBy({ walletId });
    if (!session || session.isOver(this.clock.now())) throw new WalletLocked(walletId);
    const privateKey = this.vault.unwrap(walletId, session.wrappedKey, session.expiresAt);
    try {
      return await use(privateKey);
    } finally {
      privateKey.fill(0);
    }
  }
}
