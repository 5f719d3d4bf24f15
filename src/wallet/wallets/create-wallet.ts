import { requirePrincipal } from '@aitbc/modulith';
import { Clock, Limits, PasswordStrength } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { InvalidMnemonic, WalletExists } from '../contract/errors.js';
import { CountWallets } from '../contract/own-messages.js';
import { CreatedWalletView, CreateWallet } from '../contract/wallets.js';
import { accountOf, newMnemonic, readMnemonic } from '../keystore/mnemonic.js';
import { Vault } from '../keystore/vault.js';
import { Wallet } from './wallet.entity.js';

@CommandHandler(CreateWallet)
export class CreateWalletHandler implements ICommandHandler<CreateWallet> {
  constructor(
    @InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>,
    private readonly queries: QueryBus,
    private readonly strength: PasswordStrength,
    private readonly vault: Vault,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  async execute({ name, password, mnemonic: given }: CreateWallet): Promise<CreatedWalletView> {
    const { subject: ownerId } = requirePrincipal();
    const mnemonic = given === undefined ? newMnemonic() : readMnemonic(given);
    if (mnemonic === undefined) throw new InvalidMnemonic();
    const account = await accountOf(mnemonic);
    const { address } = account;
    const id = uuidv7();
    // Checked before the expensive part, and again inside the transaction.
    await this.limits.allow('wallets-per-user', (await this.queries.execute(CountWallets.of({}))) + 1);
    await this.strength.mustBeSound(password);
    const keystore = await this.vault.lockAway(id, account, password);

    if (await this.wallets.existsBy({ ownerId, address })) throw new WalletExists(address);
    await this.limits.allow('wallets-per-user', (await this.wallets.countBy({ ownerId })) + 1);
    await this.wallets.insert(Wallet.create({ id, ownerId, name, address, keystore, createdAt: this.clock.now() }));
    return CreatedWalletView.of({ id, name, address, mnemonic });
  }
}
