import { defineDatabase } from '@aitbc/modulith';
import { EscrowContract } from './escrow/escrow-contract.entity.js';
import { ChainCursor, FollowedBlock } from './follower/chain-cursor.entity.js';
import { LedgerEntry } from './ledger/ledger-entry.entity.js';
import { CreateWalletTables1764000000000 } from './migrations/1764000000000-create-wallet-tables.js';
import { FollowBlocksByHash1765103000001 } from './migrations/1765103000001-follow-blocks-by-hash.js';
import { FindLedgerEntriesByTime1765110000001 } from './migrations/1765110000001-find-ledger-entries-by-time.js';
import { OutgoingTransaction } from './transactions/outgoing-transaction.entity.js';
import { UnlockSession } from './wallets/unlock-session.entity.js';
import { Wallet } from './wallets/wallet.entity.js';

export const walletDatabase = defineDatabase({
  module: 'wallet',
  entities: [Wallet, UnlockSession, OutgoingTransaction, LedgerEntry, EscrowContract, ChainCursor, FollowedBlock],
  migrations: [CreateWalletTables1764000000000, FollowBlocksByHash1765103000001, FindLedgerEntriesByTime1765110000001],
});
