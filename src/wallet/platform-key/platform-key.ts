import { createHmac } from 'node:crypto';
import { AppConfig } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { type Address, type Hex, hexToBytes } from 'viem';
import { privateKeyToAccount, privateKeyToAddress } from 'viem/accounts';

/**
 * The platform's key: deploys the escrow, is its arbiter, and countersigns receipts. Used only in this module, through
 * its commands and event handlers.
 */
@Injectable()
export class PlatformKey {
  readonly privateKey: Uint8Array;
  readonly address: Address;
  /** The account that receives the platform's fees: separate, so that income is distinguishable from gas costs. */
  readonly treasury: Address;

  constructor(config: AppConfig) {
    this.privateKey = hexToBytes(`0x${config.platformKey}`);
    this.address = privateKeyToAddress(`0x${config.platformKey}`);
    this.treasury = privateKeyToAddress(treasuryKeyOf(this.privateKey));
  }

  /** EIP-191 over the digest: a signature of this kind is never valid for a transaction. */
  countersign(digest: Hex): Promise<Hex> {
    const key = Buffer.from(this.privateKey).toString('hex');
    return privateKeyToAccount(`0x${key}`).signMessage({ message: { raw: digest } });
  }
}

/** The treasury's private key is derived from the platform's, so only one needs to be stored. */
export function treasuryKeyOf(platformKey: Uint8Array): Hex {
  return `0x${createHmac('sha256', platformKey).update('aitbc treasury v1').digest('hex')}`;
}
