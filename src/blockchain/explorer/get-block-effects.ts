import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { getAddress } from 'viem';
import { grouped } from '../chain/grouped.js';
import { StoredBalanceChange } from '../chain/stored-balance-change.entity.js';
import { StoredBlock } from '../chain/stored-block.entity.js';
import { StoredLog } from '../chain/stored-log.entity.js';
import { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { BlockNotFound } from '../contract/errors.js';
import { GetBlockEffects } from '../contract/queries.js';
import {
  BalanceChangeView,
  BlockEffectsView,
  InternalTransferView,
  LogView,
  TransactionEffectView,
} from '../contract/views.js';

@QueryHandler(GetBlockEffects)
export class GetBlockEffectsHandler implements IQueryHandler<GetBlockEffects> {
  constructor(
    @InjectRepository(StoredBlock, 'blockchain') private readonly blocks: Repository<StoredBlock>,
    @InjectRepository(StoredTransaction, 'blockchain') private readonly transactions: Repository<StoredTransaction>,
    @InjectRepository(StoredLog, 'blockchain') private readonly logs: Repository<StoredLog>,
    @InjectRepository(StoredBalanceChange, 'blockchain') private readonly changes: Repository<StoredBalanceChange>,
  ) {}

  async execute({ number, logsOf }: GetBlockEffects): Promise<BlockEffectsView> {
    const block = await this.blocks.findOneBy({ number });
    if (block === null) throw new BlockNotFound(String(number));
    const where = { blockNumber: number };
    const logged = logsOf && { address: In(logsOf.map((address) => address.toLowerCase())) };
    const [transactions, logs, changes] = await Promise.all([
      this.transactions.find({ where, order: { position: 'ASC' } }),
      this.logs.find({ where: { ...where, ...logged }, order: { position: 'ASC' } }),
      this.changes.find({ where, order: { address: 'ASC' } }),
    ]);
    const byTransaction = grouped(logs, ({ transactionHash }) => transactionHash);
    return BlockEffectsView.of({
      number,
      hash: block.hash,
      parentHash: block.parentHash,
      timestamp: block.sealedAt,
      transactions: transactions.map((transaction) =>
        toEffectView(transaction, byTransaction.get(transaction.hash) ?? []),
      ),
      balances: changes.map(({ address, before, after }) =>
        BalanceChangeView.of({ address: getAddress(address), before, after }),
      ),
    });
  }
}

function toEffectView(transaction: StoredTransaction, logs: readonly StoredLog[]): TransactionEffectView {
  const { hash, position, sender, recipient, value, fee, nonce, succeeded, contractAddress, transfers } = transaction;
  return TransactionEffectView.of({
    hash,
    index: position,
    from: getAddress(sender),
    to: recipient && getAddress(recipient),
    value,
    fee,
    nonce,
    succeeded,
    contractAddress: contractAddress && getAddress(contractAddress),
    logs: logs.map(({ address, topics, data, position: logIndex }) =>
      LogView.of({ address: getAddress(address), topics, data, logIndex }),
    ),
    transfers: transfers.map((moved) =>
      InternalTransferView.of({ from: getAddress(moved.from), to: getAddress(moved.to), value: BigInt(moved.value) }),
    ),
  });
}
