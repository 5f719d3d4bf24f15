import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AccountDeleted } from '../../gateway/contract/index.js';
import { NO_KEYSTORE, Wallet } from './wallet.entity.js';

/** Destroys the keys of a deleted user. The wallets' history stays in the ledger. */
@EventsHandler(AccountDeleted)
export class DestroyKeys implements IEventHandler<AccountDeleted> {
  constructor(@InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>) {}

  async handle({ userId: ownerId }: AccountDeleted): Promise<void> {
    await this.wallets.update({ ownerId }, { keystore: NO_KEYSTORE });
  }
}
