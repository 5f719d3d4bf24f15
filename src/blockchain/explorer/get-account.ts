import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { getAddress } from 'viem';
import { Chain } from '../chain/chain.js';
import { GetAccount } from '../contract/queries.js';
import { AccountView } from '../contract/views.js';
import { TransactionPool } from '../mempool/transaction-pool.js';

@QueryHandler(GetAccount)
export class GetAccountHandler implements IQueryHandler<GetAccount> {
  constructor(
    private readonly chain: Chain,
    private readonly pool: TransactionPool,
  ) {}

  async execute({ address, notBefore = 0 }: GetAccount): Promise<AccountView> {
    await this.chain.reach(notBefore);
    const { balance, nonce } = await (await this.chain.settled()).account(address);
    const pendingNonce = Number(this.pool.nextNonce(address, nonce));
    return AccountView.of({ address: getAddress(address), balance, nonce: Number(nonce), pendingNonce });
  }
}
