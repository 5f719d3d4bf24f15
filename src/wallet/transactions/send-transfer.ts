import { currentMessage, requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import type { Address } from 'viem';
import { InsufficientFunds, WalletLocked } from '../contract/errors.js';
import { SendTransfer, type TransferView } from '../contract/transfers.js';
import { GetWallet } from '../contract/wallets.js';
import { SessionKeys } from '../wallets/session-keys.js';
import { Chain } from './chain.js';
import { withMargin } from './fees.js';
import { TransactionDesk } from './transaction-desk.js';
import { toTransferView } from './transfer-view.js';

@CommandHandler(SendTransfer)
export class SendTransferHandler implements ICommandHandler<SendTransfer> {
  constructor(
    private readonly queries: QueryBus,
    private readonly chain: Chain,
    private readonly keys: SessionKeys,
    private readonly desk: TransactionDesk,
  ) {}

  async execute({ walletId, to, amount }: SendTransfer): Promise<TransferView> {
    const { subject: requestedBy } = requirePrincipal();
    const { address, unlockedUntil } = await this.queries.execute(GetWallet.of({ walletId }));
    if (!unlockedUntil) throw new WalletLocked(walletId);
    const sender = address as Address;
    const recipient = to as Address;
    const quote = await this.chain.quote(sender);
    if (quote.balance < amount) throw new InsufficientFunds(sender, amount, quote.balance);
    const gas = withMargin(await this.chain.estimateGas({ from: sender, to: recipient, value: amount }));

    // The message's id is the purpose: the same request is signed once, however often it comes.
    const order = { kind: 'transfer', purpose: currentMessage()!.id, walletId, requestedBy } as const;
    const transfer = await this.keys.withKey(walletId, (privateKey) =>
      this.desk.sign({ ...order, sender, recipient, amount, gas }, quote, privateKey),
    );
    return toTransferView(transfer);
  }
}
