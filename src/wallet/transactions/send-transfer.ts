import { requirePrincipal } from '@aitbc/modulith';
import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import type { Address } from 'viem';
import { InsufficientFunds, WalletLocked } from '../contract/errors.js';
import { type SignedTransferView, SignTransfer } from '../contract/own-messages.js';
import { SendTransfer, TransferView } from '../contract/transfers.js';
import { GetWallet } from '../contract/wallets.js';
import { Chain } from './chain.js';
import { withMargin } from './fees.js';
import { Lanes } from './lanes.js';
import { SigningOnce } from './signing-once.js';

@CommandHandler(SendTransfer)
export class SendTransferHandler implements ICommandHandler<SendTransfer> {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly chain: Chain,
    private readonly lanes: Lanes,
    private readonly once: SigningOnce,
  ) {}

  async execute(command: SendTransfer): Promise<TransferView> {
    requirePrincipal();
    const { id, hash, createdAt } = await this.once.run('transfer', (purpose) => this.sign(command, purpose));
    const { walletId, to, amount } = command;
    const unknownYet = { failure: null, blockNumber: null };
    const what = { id, walletId, to, amount, transactionHash: hash, createdAt };
    return TransferView.of({ ...what, kind: 'transfer', status: 'signed', ...unknownYet });
  }

  private async sign({ walletId, to, amount }: SendTransfer, purpose: string): Promise<SignedTransferView> {
    const { address: sender, balance, unlockedUntil } = await this.queries.execute(GetWallet.of({ walletId }));
    if (!unlockedUntil) throw new WalletLocked(walletId);
    if (balance < amount) throw new InsufficientFunds(sender, amount, balance);
    const call = { from: sender as Address, to: to as Address, value: amount };
    const gas = withMargin(await this.chain.estimateGas(call));
    const order = SignTransfer.of({ kind: 'transfer', purpose, walletId, sender, to, amount, gas });
    return this.lanes.run(sender, () => this.commands.execute(order));
  }
}
