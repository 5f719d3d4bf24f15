import { Command } from '@aitbc/modulith';
import { Text } from '@aitbc/platform';
import type { TransactionAcceptedView } from './views.js';

/**
 * Submits a signed transaction (EIP-2718 bytes, hex) to the pool. Idempotent for known transactions.
 * @throws InvalidTransaction, NonceTooLow, InsufficientFunds, Underpriced, MempoolFull.
 */
export class SubmitTransaction extends Command<TransactionAcceptedView> {
  @Text({ max: 2 * 131_072 + 2, pattern: /^0x([0-9a-fA-F]{2})*$/, says: 'must be bytes in hex' })
  raw: string;
}
