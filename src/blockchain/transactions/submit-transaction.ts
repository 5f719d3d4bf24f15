import { hexToBytes } from '@ethereumjs/util';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Chain } from '../chain/chain.js';
import { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { InsufficientFunds, InvalidTransaction, MempoolFull, NonceTooLow, Underpriced } from '../contract/errors.js';
import { SubmitTransaction } from '../contract/submit-transaction.js';
import { TransactionAcceptedView } from '../contract/views.js';
import { PoolRefusal } from '../mempool/pool-refusal.js';
import { TransactionPool } from '../mempool/transaction-pool.js';

@CommandHandler(SubmitTransaction)
export class SubmitTransactionHandler implements ICommandHandler<SubmitTransaction> {
  constructor(
    private readonly chain: Chain,
    private readonly pool: TransactionPool,
    @InjectRepository(StoredTransaction, 'blockchain') private readonly transactions: Repository<StoredTransaction>,
  ) {}

  async execute({ raw }: SubmitTransaction): Promise<TransactionAcceptedView> {
    const [check] = await (await this.chain.settled()).check([hexToBytes(raw as `0x${string}`)]);
    if (check === undefined || 'refusal' in check)
      throw new InvalidTransaction(check?.refusal ?? 'the transaction is empty');
    const { hash } = check.checked;
    try {
      await this.pool.admit(check);
    } catch (error) {
      if (!(error instanceof PoolRefusal)) throw error;
      if (error.reason !== 'nonce_too_low' || !(await this.transactions.existsBy({ hash }))) throw refusalOf(error);
    }
    return TransactionAcceptedView.of({ hash });
  }
}

function refusalOf({ reason, message }: PoolRefusal): Error {
  switch (reason) {
    case 'nonce_too_low':
      return new NonceTooLow(message);
    case 'insufficient_funds':
      return new InsufficientFunds(message);
    case 'underpriced':
      return new Underpriced(message);
    case 'full':
      return new MempoolFull(message);
    default:
      return new InvalidTransaction(message);
  }
}
