import { Query, Secret } from '@aitbc/modulith';
import { IsString, MaxLength } from 'class-validator';
import type { PrincipalView } from './views.js';

/**
 * Whom an access token or an API key stands for.
 * @throws InvalidToken, TokenExpired
 */
export class Authenticate extends Query<PrincipalView> {
  @Secret()
  @IsString()
  @MaxLength(4096)
  credential: string;
}
