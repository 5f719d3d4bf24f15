import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { InsufficientFunds, WalletLocked } from '../contract/errors.js';
import { CheckSpendable, SpendableView } from '../contract/escrow.js';
import { Chain } from '../transactions/chain.js';
import { feesFor, LOCK_GAS } from '../transactions/fees.js';
import { highestCost } from '../transactions/sign-transaction.js';
import { TransactionDesk } from '../transactions/transaction-desk.js';
import { ownWallet } from '../wallets/own-wallet.js';
import { SessionKeys } from '../wallets/session-keys.js';
import { Wallet } from '../wallets/wallet.entity.js';

@QueryHandler(CheckSpendable)
export class CheckSpendableHandler implements IQueryHandler<CheckSpendable> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    private readonly keys: SessionKeys,
    private readonly desk: TransactionDesk,
    private readonly chain: Chain,
  ) {}

  async execute({ walletId, amount }: CheckSpendable): Promise<SpendableView> {
    const { address } = await ownWallet(this.wallets, walletId);
    if (!(await this.keys.unlockedUntil(walletId))) throw new WalletLocked(walletId);
    const quote = await this.chain.quote(address);
    const needed = highestCost({ value: amount, ...feesFor(LOCK_GAS, quote.fees) });
    const available = await this.desk.available(address, quote);
    if (needed > available) throw new InsufficientFunds(address, needed, available);
    return SpendableView.of({ address });
  }
}
