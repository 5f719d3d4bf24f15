import { currentPrincipal } from '@aitbc/modulith';
import type { Repository } from 'typeorm';
import { WalletNotFound } from '../contract/errors.js';
import type { Wallet } from './wallet.entity.js';

/**
 * The wallet, if it is the principal's; the system itself, which has none, may see every wallet.
 * @throws WalletNotFound for an absent one and for somebody else's alike
 */
export async function ownWallet(wallets: Repository<Wallet>, walletId: string): Promise<Wallet> {
  const wallet = await wallets.findOneBy({ id: walletId });
  const principal = currentPrincipal();
  if (!wallet || (principal && principal.subject !== wallet.ownerId)) throw new WalletNotFound(walletId);
  return wallet;
}
