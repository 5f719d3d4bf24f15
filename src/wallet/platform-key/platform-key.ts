import { createHmac } from 'node:crypto';
import { AppConfig } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { type Address, type Hex, hexToBytes } from 'viem';
import { privateKeyToAccount, privateKeyToAddress } from 'viem/accounts';

/**
 * The platform's own key: deploys the escrow, is its arbiter, and countersigns receipts. It is used here and nowhere else, and
 * only through the commands and reactions of this module.
 */
@Injectable()
export class PlatformKey {
  readonly privateKey: Uint8Array;
  readonly address: Address;
  /** Where the platform's fees go: an account of its own, so that what was earned shows beside what was spent on gas. */
  readonly treasury: Address;

  constructor(config: AppConfig) {
    this.privateKey = hexToBytes(`0x${config.platformKey}`);
    this.address = privateKeyToAddress(`0x${config.platformKey}`);
    this.treasury = privateKeyToAddress(treasuryKeyOf(this.privateKey));
  }

  /** EIP-191 over the bytes of the digest: what is signed this way can never be a transaction. */
  countersign(digest: Hex): Promise<Hex> {
    const key = Buffer.from(this.privateKey).toString('hex');
    return privateKeyToAccount(`0x${key}`).signMessage({ message: { raw: digest } });
  }
}

/** The treasury's private key follows from the platform's, so that there is one to keep. */
export function treasuryKeyOf(platformKey: Uint8Array): Hex {
  return `0x${createHmac('sha256', platformKey).update('aitbc treasury v1').digest('hex')}`;
}
