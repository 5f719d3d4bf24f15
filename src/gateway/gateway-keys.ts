import { AppConfig, SealingKeys } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';

/** What the gateway stores encrypted, under keys that follow from `JWT_SECRET`. */
@Injectable()
export class GatewayKeys {
  private readonly keys: SealingKeys;

  constructor(config: AppConfig) {
    this.keys = gatewaySealingKeys(config.jwtSecrets);
  }

  sealTotp(userId: string, secret: string): string {
    return this.keys.seal(Buffer.from(secret), totpPurpose(userId));
  }

  openTotp(userId: string, sealed: string): string {
    return this.keys.open(sealed, totpPurpose(userId)).toString();
  }

  sealMailed(tokenHash: string, token: string): string {
    return this.keys.seal(Buffer.from(token), mailedTokenPurpose(tokenHash));
  }

  openMailed(tokenHash: string, sealed: string): string {
    return this.keys.open(sealed, mailedTokenPurpose(tokenHash)).toString();
  }
}

export const gatewaySealingKeys = (secrets: readonly string[]) => new SealingKeys(secrets, 'aitbc gateway seal v1');
export const totpPurpose = (userId: string) => `totp of ${userId}`;
export const mailedTokenPurpose = (tokenHash: string) => `mailed token ${tokenHash}`;
