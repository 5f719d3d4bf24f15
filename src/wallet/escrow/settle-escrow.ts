import { Unavailable } from '@aitbc/modulith';
import { Logger } from '@nestjs/common';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import type { Address } from 'viem';
import { SettlementDue } from '../../marketplace/contract/events.js';
import { InsufficientFunds } from '../contract/index.js';
import { PlatformKey } from '../platform-key/platform-key.js';
import { Chain } from '../transactions/chain.js';
import { SETTLE_GAS } from '../transactions/fees.js';
import { TransactionDesk } from '../transactions/transaction-desk.js';
import { escrowOfData, readEscrow, settleData } from './job-escrow-calls.js';

/**
 * Settles an escrow as its arbiter, once: only one transaction per escrow is ever signed, and the contract itself
 * rejects a second.
 */
@EventsHandler(SettlementDue)
export class SettleEscrow implements IEventHandler<SettlementDue> {
  private readonly logger = new Logger(SettleEscrow.name);

  constructor(
    private readonly chain: Chain,
    private readonly desk: TransactionDesk,
    private readonly platform: PlatformKey,
  ) {}

  async handle({ bookingId, escrowAddress, clientAddress, providerGross }: SettlementDue): Promise<void> {
    const escrow = readEscrow(await this.chain.call(escrowAddress, escrowOfData(bookingId, clientAddress)));
    if (escrow.state === 'settled' || escrow.state === 'withdrawn') {
      return this.logger.warn(`booking ${bookingId} is ${escrow.state} on the chain already`);
    }
    // Both are faults of the deciding module: they become dead letters, where an operator sees them.
    if (escrow.state === 'none') throw new Error(`nothing is locked for booking ${bookingId} by ${clientAddress}`);
    if (providerGross > escrow.amount) throw new Error(`booking ${bookingId} holds less than is to be paid from it`);
    const { address: sender, privateKey } = this.platform;
    const quote = await this.chain.quote(sender);

    const purpose = `${escrowAddress}:${bookingId}:${clientAddress}`;
    if (await this.desk.knows('escrow_settlement', purpose)) return;
    const data = settleData(bookingId, clientAddress, providerGross);
    const order = { kind: 'escrow_settlement', purpose, sender, recipient: escrowAddress as Address } as const;
    try {
      await this.desk.sign({ ...order, amount: 0n, data, gas: SETTLE_GAS }, quote, privateKey);
    } catch (error) {
      if (!(error instanceof InsufficientFunds)) throw error;
      // For an operator to fix, and no reason to drop what a provider is owed: retried until there is gas.
      this.logger.error(`the platform's account ${sender} cannot pay for the settlement of booking ${bookingId}`);
      throw new Unavailable('wallet');
    }
  }
}
