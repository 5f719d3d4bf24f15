import { Query, Secret } from '@aitbc/modulith';
import { Text } from '@aitbc/platform';
import type { PrincipalView } from './views.js';

/**
 * Returns the principal of an access token or API key.
 * @throws InvalidToken, TokenExpired, TokenWithdrawn
 * @throws AccountLocked for the token of an agent whose owner is locked
 */
export class Authenticate extends Query<PrincipalView> {
  @Secret()
  @Text({ max: 4096, controls: 'all' })
  credential: string;
}
