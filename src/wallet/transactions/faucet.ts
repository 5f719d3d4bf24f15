import { AIT, AppConfig } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { type Address, hexToBytes } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { FaucetClosed } from '../contract/errors.js';

export const FAUCET_AMOUNT = 100n * AIT;

/** The account that the built-in genesis funds for trying things out. It does not exist in production. */
@Injectable()
export class Faucet {
  constructor(private readonly config: AppConfig) {}

  /** @throws FaucetClosed in production */
  get address(): Address {
    return privateKeyToAddress(this.hexKey);
  }

  /** @throws FaucetClosed in production */
  get privateKey(): Uint8Array {
    return hexToBytes(this.hexKey);
  }

  private get hexKey(): `0x${string}` {
    if (this.config.isProduction) throw new FaucetClosed();
    return `0x${this.config.faucetKey}`;
  }
}
