import { currentPrincipal } from '@aitbc/modulith';
import type { Repository } from 'typeorm';
import { WalletNotFound } from '../contract/errors.js';
import type { Wallet } from './wallet.entity.js';

/**
 * The wallet, if it belongs to the principal; the system, which has no principal, may access every wallet.
 * @throws WalletNotFound both for a missing wallet and for another user's
 */
export async function ownWallet(wallets: Repository<Wallet>, walletId: string): Promise<Wallet> {
  const wallet = await wallets.findOneBy({ id: walletId });
  const principal = currentPrincipal();
  if (!wallet || (principal && principal.subject !== wallet.ownerId)) throw new WalletNotFound(walletId);
  return wallet;
}
