import type { AppConfig, SealedColumn } from '@aitbc/platform';
import { gatewaySealingKeys, mailedTokenPurpose, totpPurpose } from './gateway-keys.js';

/** Columns encrypted with keys derived from `JWT_SECRET`. */
export function gatewaySealedColumns({ jwtSecrets }: AppConfig): SealedColumn[] {
  const keys = gatewaySealingKeys(jwtSecrets);
  return [
    {
      table: 'gateway_second_factors',
      id: 'user_id',
      column: 'sealed_secret',
      reseal: (sealed, row) => keys.reseal(sealed, totpPurpose(String(row['user_id']))),
    },
    {
      table: 'gateway_mailed_tokens',
      id: 'token_hash',
      column: 'sealed_token',
      reseal: (sealed, row) => keys.reseal(sealed, mailedTokenPurpose(String(row['token_hash']))),
    },
  ];
}
