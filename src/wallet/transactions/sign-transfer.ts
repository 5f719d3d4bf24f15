import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Address } from 'viem';
import { SignedTransferView, SignTransfer } from '../contract/own-messages.js';
import { SessionKeys } from '../wallets/session-keys.js';
import { Chain } from './chain.js';
import { Faucet } from './faucet.js';
import { FaucetAllowance } from './faucet-allowance.js';
import { TransactionDesk } from './transaction-desk.js';

@CommandHandler(SignTransfer)
export class SignTransferHandler implements ICommandHandler<SignTransfer> {
  constructor(
    private readonly chain: Chain,
    private readonly keys: SessionKeys,
    private readonly faucet: Faucet,
    private readonly allowance: FaucetAllowance,
    private readonly desk: TransactionDesk,
  ) {}

  async execute({ kind, purpose, walletId, sender, to, amount, gas }: SignTransfer): Promise<SignedTransferView> {
    const { subject: requestedBy } = requirePrincipal();
    const quote = await this.chain.quote(sender);
    const addresses = { sender: sender as Address, recipient: to as Address };
    const order = { kind, purpose, walletId, requestedBy, ...addresses, amount, gas };
    const sign = (privateKey: Uint8Array) => this.desk.sign(order, quote, privateKey);
    if (kind === 'faucet') await this.allowance.check(requestedBy);
    const { id, hash, createdAt } = await (walletId === undefined
      ? sign(this.faucet.privateKey)
      : this.keys.withKey(walletId, sign));
    return SignedTransferView.of({ id, hash, createdAt });
  }
}
