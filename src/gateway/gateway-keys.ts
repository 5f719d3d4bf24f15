import { AppConfig, SealingKeys } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';

/** Encrypts the gateway's stored data with keys derived from `JWT_SECRET`. */
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

  sealChallenge(purpose: string, content: Uint8Array): Buffer {
    return Buffer.from(this.keys.seal(content, challengePurpose(purpose)), 'base64');
  }

  /** Undefined if it was not sealed here for this purpose. */
  openChallenge(purpose: string, sealed: Buffer): Buffer | undefined {
    try {
      return this.keys.open(sealed.toString('base64'), challengePurpose(purpose));
    } catch {
      return undefined;
    }
  }
}

export const gatewaySealingKeys = (secrets: readonly string[]) => new SealingKeys(secrets, 'aitbc gateway seal v1');
export const totpPurpose = (userId: string) => `totp of ${userId}`;
const challengePurpose = (purpose: string) => `passkey challenge: ${purpose}`;
export const mailedTokenPurpose = (tokenHash: string) => `mailed token ${tokenHash}`;
