import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CountWallets } from '../contract/own-messages.js';
import { Wallet } from './wallet.entity.js';

@QueryHandler(CountWallets)
export class CountWalletsHandler implements IQueryHandler<CountWallets> {
  constructor(@InjectRepository(Wallet, 'wallet') private readonly wallets: Repository<Wallet>) {}

  execute(): Promise<number> {
    return this.wallets.countBy({ ownerId: requirePrincipal().subject });
  }
}
