import { currentMessage } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { FindSignedTransfer, type SignedTransferView } from '../contract/own-messages.js';

/**
 * Answers a repeated transfer request with the transaction already signed. The process may have been killed between
 * signing and answering, and the transfer has since reduced the balance.
 */
@Injectable()
export class SigningOnce {
  constructor(private readonly queries: QueryBus) {}

  /** @param sign throws if the transfer is rejected */
  async run(
    kind: 'transfer' | 'faucet',
    sign: (purpose: string) => Promise<SignedTransferView>,
  ): Promise<SignedTransferView> {
    const purpose = currentMessage()!.id;
    try {
      return await sign(purpose);
    } catch (error) {
      const signed = await this.queries.execute(FindSignedTransfer.of({ kind, purpose }));
      if (signed) return signed;
      throw error;
    }
  }
}
