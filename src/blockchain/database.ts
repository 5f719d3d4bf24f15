import { defineDatabase } from '@aitbc/modulith';
import { StoredBalanceChange } from './chain/stored-balance-change.entity.js';
import { StoredBlock } from './chain/stored-block.entity.js';
import { StoredLog } from './chain/stored-log.entity.js';
import { StoredTransaction } from './chain/stored-transaction.entity.js';
import { WaitingTransaction } from './mempool/waiting-transaction.entity.js';
import { CreateChain1764000000000 } from './migrations/1764000000000-create-chain.js';
import { TraceWaitingTransactions1764500000000 } from './migrations/1764500000000-trace-waiting-transactions.js';

export const blockchainDatabase = defineDatabase({
  module: 'blockchain',
  entities: [StoredBlock, StoredTransaction, StoredLog, StoredBalanceChange, WaitingTransaction],
  migrations: [CreateChain1764000000000, TraceWaitingTransactions1764500000000],
});
