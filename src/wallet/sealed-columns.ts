import type { AppConfig, SealedColumn } from '@aitbc/platform';
import { keystoreOf, masterKeys, sessionOf } from './keystore/vault.js';

/** What is stored under `WALLET_MASTER_KEY`. */
export function walletSealedColumns({ walletMasterKeys }: AppConfig): SealedColumn[] {
  const keys = masterKeys(walletMasterKeys);
  return [
    {
      table: 'wallet_wallets',
      id: 'id',
      column: 'keystore',
      reseal: (sealed, { id }) => keys.reseal(sealed, keystoreOf(String(id))),
    },
    {
      table: 'wallet_sessions',
      id: 'wallet_id',
      column: 'wrapped_key',
      others: ['expires_at'],
      reseal: (sealed, row) =>
        keys.reseal(sealed, sessionOf(String(row['wallet_id']), new Date(Number(row['expires_at'])))),
    },
  ];
}
