import { requirePrincipal } from '@aitbc/modulith';
import { type FlagClient, FLAGS } from '@aitbc/platform';
import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { FaucetClosed } from '../contract/errors.js';
import { type SignedTransferView, SignTransfer } from '../contract/own-messages.js';
import { FaucetView, RequestFaucet } from '../contract/transfers.js';
import { GetWallet } from '../contract/wallets.js';
import { Faucet, FAUCET_AMOUNT } from './faucet.js';
import { TRANSFER_GAS } from './fees.js';
import { Lanes } from './lanes.js';
import { SigningOnce } from './signing-once.js';

@CommandHandler(RequestFaucet)
export class RequestFaucetHandler implements ICommandHandler<RequestFaucet> {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
    private readonly faucet: Faucet,
    private readonly lanes: Lanes,
    private readonly once: SigningOnce,
    @Inject(FLAGS) private readonly flags: FlagClient,
  ) {}

  async execute(command: RequestFaucet): Promise<FaucetView> {
    requirePrincipal();
    const signed = await this.once.run('faucet', (purpose) => this.sign(command, purpose));
    return FaucetView.of({ transactionHash: signed.hash });
  }

  private async sign({ walletId }: RequestFaucet, purpose: string): Promise<SignedTransferView> {
    if (!(await this.flags.getBooleanValue('faucet-enabled', true))) throw new FaucetClosed();
    const { address: sender } = this.faucet;
    const { address: to } = await this.queries.execute(GetWallet.of({ walletId }));
    const order = { kind: 'faucet', purpose, walletId: undefined, sender, to, amount: FAUCET_AMOUNT } as const;
    return this.lanes.run(sender, () => this.commands.execute(SignTransfer.of({ ...order, gas: TRANSFER_GAS })));
  }
}
