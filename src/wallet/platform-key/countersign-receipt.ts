import { currentPrincipal, Forbidden } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Hex } from 'viem';
import { CountersignatureView, CountersignReceipt } from '../contract/escrow.js';
import { PlatformKey } from './platform-key.js';

@CommandHandler(CountersignReceipt)
export class CountersignReceiptHandler implements ICommandHandler<CountersignReceipt> {
  constructor(private readonly platform: PlatformKey) {}

  async execute({ digest }: CountersignReceipt): Promise<CountersignatureView> {
    // Receipts are countersigned when an agent delivers a result, or by the system itself; never at a user's request.
    const principal = currentPrincipal();
    if (principal && !principal.scopes.includes('agent')) throw new Forbidden();
    return CountersignatureView.of({
      signature: await this.platform.countersign(digest as Hex),
      address: this.platform.address,
    });
  }
}
