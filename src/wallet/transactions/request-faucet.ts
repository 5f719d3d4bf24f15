import { currentMessage, requirePrincipal } from '@aitbc/modulith';
import { AIT, AppConfig } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type Address, hexToBytes } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { FaucetClosed } from '../contract/errors.js';
import { FaucetView, RequestFaucet } from '../contract/transfers.js';
import { GetWallet } from '../contract/wallets.js';
import { Chain } from './chain.js';
import { TRANSFER_GAS } from './fees.js';
import { FaucetAllowance } from './faucet-allowance.js';
import { TransactionDesk } from './transaction-desk.js';

export const FAUCET_AMOUNT = 100n * AIT;

@CommandHandler(RequestFaucet)
export class RequestFaucetHandler implements ICommandHandler<RequestFaucet> {
  constructor(
    private readonly queries: QueryBus,
    private readonly chain: Chain,
    private readonly desk: TransactionDesk,
    private readonly config: AppConfig,
    private readonly allowance: FaucetAllowance,
  ) {}

  async execute({ walletId }: RequestFaucet): Promise<FaucetView> {
    if (this.config.isProduction) throw new FaucetClosed();
    const { subject: requestedBy } = requirePrincipal();
    const sender = privateKeyToAddress(`0x${this.config.faucetKey}`);
    const { address } = await this.queries.execute(GetWallet.of({ walletId }));
    const quote = await this.chain.quote(sender);

    await this.allowance.check(requestedBy);
    const order = { kind: 'faucet', purpose: currentMessage()!.id, requestedBy, sender } as const;
    const { hash } = await this.desk.sign(
      { ...order, recipient: address as Address, amount: FAUCET_AMOUNT, gas: TRANSFER_GAS },
      quote,
      hexToBytes(`0x${this.config.faucetKey}`),
    );
    return FaucetView.of({ transactionHash: hash });
  }
}
