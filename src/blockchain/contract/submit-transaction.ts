import { Command } from '@aitbc/modulith';
import { Matches, MaxLength } from 'class-validator';
import type { TransactionAcceptedView } from './views.js';

/**
 * Gives a signed transaction (EIP-2718 bytes, hex) to the pool. One that is known already is a success.
 * @throws InvalidTransaction, NonceTooLow, InsufficientFunds, Underpriced, MempoolFull.
 */
export class SubmitTransaction extends Command<TransactionAcceptedView> {
  @Matches(/^0x([0-9a-fA-F]{2})*$/, { message: 'raw must be bytes in hex' })
  @MaxLength(2 * 131_072 + 2)
  raw: string;
}
