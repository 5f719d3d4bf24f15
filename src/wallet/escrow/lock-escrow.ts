import { EventBus, EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Address } from 'viem';
import { BookingRequested } from '../../marketplace/contract/events.js';
import { InsufficientFunds, WalletLocked, WalletNotFound } from '../contract/errors.js';
import { EscrowLockFailed } from '../contract/events.js';
import { Chain, type Quote } from '../transactions/chain.js';
import { LOCK_GAS } from '../transactions/fees.js';
import { TransactionDesk } from '../transactions/transaction-desk.js';
import { SessionKeys } from '../wallets/session-keys.js';
import { Wallet } from '../wallets/wallet.entity.js';
import { lockData } from './job-escrow-calls.js';

/** Locks a booking's price from the client's wallet, or publishes that it cannot. */
@EventsHandler(BookingRequested)
export class LockEscrow implements IEventHandler<BookingRequested> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    private readonly chain: Chain,
    private readonly keys: SessionKeys,
    private readonly desk: TransactionDesk,
    private readonly events: EventBus,
  ) {}

  async handle(booking: BookingRequested): Promise<void> {
    if (booking.walletId === undefined) return;
    const quote = await this.chain.quote(booking.clientAddress);
    try {
      await this.lock(booking, booking.walletId, quote);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const { bookingId } = booking;
      this.events.publish(EscrowLockFailed.of({ bookingId, code: error.code, detail: error.message }));
    }
  }

  private async lock(booking: BookingRequested, walletId: string, quote: Quote): Promise<void> {
    const { bookingId, clientId: ownerId, clientAddress: address, amount } = booking;
    if (!(await this.wallets.existsBy({ id: walletId, ownerId, address }))) throw new WalletNotFound(walletId);
    if (await this.desk.knows('escrow_lock', bookingId)) return;
    const recipient = booking.escrowAddress as Address;
    const data = lockData(bookingId, booking.providerAddress, booking.expiresAt);
    const order = { kind: 'escrow_lock', purpose: bookingId, walletId, requestedBy: ownerId, gas: LOCK_GAS } as const;
    await this.keys.withKey(walletId, (privateKey) =>
      this.desk.sign({ ...order, sender: address as Address, recipient, amount, data }, quote, privateKey),
    );
  }
}

function isRefusal(error: unknown): error is WalletNotFound | WalletLocked | InsufficientFunds {
  return error instanceof WalletNotFound || error instanceof WalletLocked || error instanceof InsufficientFunds;
}
